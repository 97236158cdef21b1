import { RefusalRecord } from '@echo/api-accounts';
import { translate } from '@echo/api-chat';
import { Refusal, SiteRefusal } from '@echo/api-security';
import { type Problem, PROBLEMS } from '@echo/contract';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { requestIdOf } from './request-id';

/** Says every refusal and every failure as problem JSON. Never a stack, never another server's words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Request');

  constructor(private readonly record: RefusalRecord) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (response.headersSent) {
      // Too late for words: a cut connection tells the client that the answer is not whole.
      request.socket.destroy();
      return;
    }
    const refusal = this.refusalOf(error, request);
    this.record.note(request, refusal);
    if (refusal.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
    const problem = problemOf(refusal, requestIdOf(response));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private refusalOf(error: unknown, request: Request): Refusal {
    const known = translate(error) ?? ofLibraries(error, request);
    if (known) return known;
    this.logger.error(`${request.method} ${pathOf(request)} failed`, error instanceof Error ? error.stack : String(error));
    return new Refusal('internal_error', 'Something went wrong on our side. Try again; if it stays, give the request id to your operator.');
  }
}

/** The body of a problem. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  const { status, title } = PROBLEMS[refusal.code];
  return { type: 'about:blank', title, status, code: refusal.code, detail: refusal.detail, request_id: requestId, ...refusal.extras };
}

function ofLibraries(error: unknown, request: Request): Refusal | undefined {
  if (error instanceof SiteRefusal) return new Refusal(error.code, error.message);
  if (error instanceof URIError) return new Refusal('malformed_request', 'The path cannot be decoded.');
  if (!(error instanceof HttpException)) return undefined;
  const status = error.getStatus();
  if (status === 404) return new Refusal('not_found', `There is no ${request.method} ${pathOf(request)} here. See /api/docs.`);
  return status < 500 ? new Refusal('malformed_request', 'The request could not be read.') : undefined;
}

/** The path as it was asked for; routers shorten `request.path`. */
function pathOf(request: Request): string {
  return (request.originalUrl.split('?')[0] ?? '').slice(0, 200);
}
