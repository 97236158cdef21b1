import { Access } from '@echo/api-security';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { requireRules, routeRules } from './route-rules';

@Controller('things')
class Things {
  @Get()
  @Access('user', { scope: 'chat:read' })
  list(): void {}

  @Get('secret')
  forgotten(): void {}

  notARoute(): void {}
}

@Module({ controllers: [Things] })
class Forgetful {}

describe('the access rules of all routes', () => {
  it('are told, and one that was forgotten is found (CVE-2026-45301, CVE-2026-35029, CVE-2026-45397)', async () => {
    const app = await NestFactory.create(Forgetful, { logger: false });
    expect(routeRules(app)).toEqual([
      { route: 'GET /api/things', access: 'user chat:read' },
      { route: 'GET /api/things/secret', access: undefined },
    ]);
    expect(() => requireRules(app)).toThrow('Routes without an access rule: GET /api/things/secret.');
  });
});
