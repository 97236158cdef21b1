import { type Request, type Response } from 'express';
import { withoutBasePath } from './base-path';

function ask(base: string, url: string): { url: string; redirect: string | undefined } {
  const request = { url } as Request;
  let redirect: string | undefined;
  const response = { redirect: (_: number, to: string) => (redirect = to) } as unknown as Response;
  withoutBasePath(base)(request, response, () => undefined);
  return { url: request.url, redirect };
}

describe('the path of the public address', () => {
  it.each([
    ['/echo/', '/'],
    ['/echo/api/chat?stream=1', '/api/chat?stream=1'],
    ['/echo/echo/', '/echo/'],
  ])('is taken off %s', (url, rest) => {
    expect(ask('/echo', url)).toEqual({ url: rest, redirect: undefined });
  });

  it.each(['/', '/api/chat', '/echoes/', '/api/echo/'])('is not looked for in %s, which a proxy may have shortened', (url) => {
    expect(ask('/echo', url)).toEqual({ url, redirect: undefined });
  });

  it('leads to the page from the address without a slash', () => {
    expect(ask('/echo', '/echo').redirect).toBe('/echo/');
    expect(ask('/echo', '/echo?x=1').redirect).toBe('/echo/?x=1');
  });

  it('leaves everything as it is where there is none', () => {
    expect(ask('', '/echo/api')).toEqual({ url: '/echo/api', redirect: undefined });
  });
});
