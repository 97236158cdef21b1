import { streamVersioning } from '@echo/api-chat';
import { AccessGuard, Authenticator, requestValidation, securityHeaders, siteGuard } from '@echo/api-security';
import { type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { requireRules } from './access/route-rules';
import { AppModule } from './app.module';
import { type AppSettings } from './config/settings';
import { jsonBody } from './http/json-body';
import { ProblemFilter } from './http/problem.filter';
import { requestId } from './http/request-id';
import { limitServer } from './http/server-limits';
import { webPage } from './http/web-page';
import { setupDocs } from './openapi/setup-docs';

/** The application, ready to listen. `webRoot` is the folder of the built page. */
export async function createApp(settings: AppSettings, webRoot: string, logger: LoggerService): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(settings), {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestId, securityHeaders, siteGuard(settings.site), ...webPage(webRoot), ...jsonBody());
  app.setGlobalPrefix('api');
  app.enableVersioning(streamVersioning);
  app.useGlobalGuards(new AccessGuard(app.get(Authenticator)));
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter());
  requireRules(app);
  setupDocs(app);
  limitServer(app.getHttpServer());
  return app;
}
