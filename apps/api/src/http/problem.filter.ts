import { Refusal, translate } from '@echo/api-chat';
import { SiteRefusal } from '@echo/api-security';
import { type Problem, PROBLEMS } from '@echo/contract';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { requestIdOf } from './request-id';

/** What body-parser says of a body it could not take. */
const BODY_FAULTS: Readonly<Record<string, Refusal>> = {
  'entity.too.large': new Refusal('body_too_large', 'The body is larger than this route takes. Send less.'),
  'entity.parse.failed': new Refusal('malformed_json', 'The body is not valid JSON. Check quotes, commas and brackets.'),
  'entity.verify.failed': new Refusal('malformed_json', 'The body is not valid UTF-8.'),
  'encoding.unsupported': new Refusal('unsupported_media_type', 'Send the body plain, or compressed with gzip, deflate or br.'),
  'charset.unsupported': new Refusal('unsupported_media_type', 'Send the body in UTF-8.'),
  'request.size.invalid': new Refusal('malformed_request', 'The body does not have the length that was announced.'),
  'request.aborted': new Refusal('malformed_request', 'The body ended too early.'),
};

/** Says every refusal and every failure as problem JSON. Never a stack, never another server's words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Request');

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
    if (refusal.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
    const problem = problemOf(refusal, requestIdOf(response));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private refusalOf(error: unknown, request: Request): Refusal {
    const known = translate(error) ?? ofLibraries(error, request);
    if (known) return known;
    this.logger.error(`${request.method} ${request.path} failed`, error instanceof Error ? error.stack : String(error));
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
  const bodyFault = BODY_FAULTS[(error as { type?: string } | null)?.type ?? ''];
  if (bodyFault) return bodyFault;
  if (error instanceof URIError) return new Refusal('malformed_request', 'The path cannot be decoded.');
  if (!(error instanceof HttpException)) return undefined;
  const status = error.getStatus();
  if (status === 404) return new Refusal('not_found', `There is no ${request.method} ${request.path.slice(0, 200)} here. See /api/docs.`);
  return status < 500 ? new Refusal('malformed_request', 'The request could not be read.') : undefined;
}
