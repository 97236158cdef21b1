import { DOCS_POLICY } from '@echo/api-security';
import { SwaggerModule } from '@nestjs/swagger';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type NextFunction, type Request, type Response } from 'express';
import { openApiDocument } from './document';

/** Serves the description at `/api/openapi.json` and a page to read it at `/api/docs`. */
export function setupDocs(app: NestExpressApplication, base: string): void {
  app.use('/api/docs', (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', DOCS_POLICY);
    next();
  });
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app, base), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'EchoV2 API',
    swaggerOptions: { validatorUrl: null, tryItOutEnabled: false, displayRequestDuration: true },
  });
}
