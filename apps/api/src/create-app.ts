import { RefusalRecord } from '@echo/api-accounts';
import { ChatVitals, Replica, streamVersioning } from '@echo/api-chat';
import { Database } from '@echo/api-persistence';
import { ModelRegistry } from '@echo/api-providers';
import { AccessGuard, Authenticator, basePathOf, requestValidation, securityHeaders, siteGuard } from '@echo/api-security';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { Registry } from 'prom-client';
import { requireRules } from './access/route-rules';
import { AppModule } from './app.module';
import { type AppSettings } from './config/settings';
import { withoutBasePath } from './http/base-path';
import { GentleAdapter } from './http/gentle-adapter';
import { jsonBody } from './http/json-body';
import { ProblemFilter } from './http/problem.filter';
import { requestId } from './http/request-id';
import { limitServer } from './http/server-limits';
import { webPage } from './http/web-page';
import { type AppLogger } from './logging/app-logger';
import { httpMetrics } from './metrics/http-metrics';
import { metricsEndpoint } from './metrics/metrics-endpoint';
import { RunMetrics } from './metrics/run-metrics';
import { registerVitals } from './metrics/vital-metrics';
import { setupDocs } from './openapi/setup-docs';
import { type Tracing } from './tracing/tracing';

/** The application, ready to listen. `webRoot` is the folder of the built page. */
export async function createApp(
  settings: AppSettings,
  webRoot: string,
  logger: AppLogger,
  tracing?: Tracing,
): Promise<NestExpressApplication> {
  const registry = new Registry();
  const runMetrics = new RunMetrics(registry, logger);
  const chat = { ...settings.chat, observer: tracing?.runs(runMetrics) ?? runMetrics };
  const providers = { ...settings.providers, ...(tracing ? { observer: tracing.calls } : {}) };
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register({ ...settings, chat, providers }), new GentleAdapter(), {
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
    logger,
  });
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.proxy);
  registerVitals(registry, app.get(ChatVitals), app.get(Database), app.get(ModelRegistry), app.get(Replica).id);
  logger.nameReplica(app.get(Replica).id);
  tracing?.nameReplica(app.get(Replica).id);
  const base = basePathOf(settings.site.publicUrl);
  app.use(requestId, securityHeaders, withoutBasePath(base), metricsEndpoint(registry, settings.metrics));
  if (tracing) app.use(tracing.requests);
  app.use(httpMetrics(registry, logger));
  app.use(siteGuard(settings.site), ...webPage(webRoot, base), ...jsonBody());
  app.setGlobalPrefix('api');
  app.enableVersioning(streamVersioning);
  app.useGlobalGuards(new AccessGuard(app.get(Authenticator)));
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter(app.get(RefusalRecord)));
  requireRules(app);
  setupDocs(app, base);
  limitServer(app.getHttpServer());
  return app;
}
