import { AuditLog } from '@echo/api-persistence';
import { apiKeyOf, originOf, type Refusal, requesterOf } from '@echo/api-security';
import { type ProblemCode, PROBLEMS } from '@echo/contract';
import { Injectable, Logger } from '@nestjs/common';
import { type Request } from 'express';
import { networkOf } from '../entry/network';
import { SeldomTold } from '../people/seldom-told';

/** Refusals of access. What a sign-in and a hidden character are refused for is written down where that is found. */
const RECORDED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'sign_in_required',
  'invalid_api_key',
  'session_ended',
  'not_allowed',
  'scope_missing',
  'link_expired',
  'host_not_allowed',
  'cross_site_refused',
  'header_required',
  'wrong_password',
  'wrong_code',
  'rate_limited',
  'too_many_live_runs',
]);

/** Writes to the audit log who was refused and where: each thing once in a quarter of an hour, at most twenty of one person or network. */
@Injectable()
export class RefusalRecord {
  private readonly logger = new Logger(RefusalRecord.name);
  private readonly told = new SeldomTold();

  constructor(private readonly audit: AuditLog) {}

  /** Nobody waits for it: a refusal comes as fast with a slow database. */
  note(request: Request, { code }: Pick<Refusal, 'code'>): void {
    if (!RECORDED.has(code)) return;
    const requester = requesterOf(request);
    const origin = originOf(request);
    const event = { action: 'request.refuse', result: 'refused', detail: detailOf(request, code), ...targetOf(request, code) } as const;
    if (!this.told.isTime(requester?.userId ?? networkOf(origin.ip), `${event.detail} ${event.target ?? ''}`)) return;
    this.audit.record(requester ?? { userId: null, via: 'none', ...origin }, event).catch((error: unknown) => {
      this.logger.error(`A refusal could not be written down: ${String(error)}`);
    });
  }
}

/** The route as it is declared, never the path as it was sent. Whoever is not known was refused at every door alike. */
function detailOf({ method, route }: Request, code: ProblemCode): string {
  const path = (route as { readonly path?: string } | undefined)?.path;
  return PROBLEMS[code].status === 401 || path === undefined ? code : `${code} at ${method} ${path}`;
}

function targetOf(request: Request, code: ProblemCode): { readonly target?: string } {
  const key = code === 'invalid_api_key' ? apiKeyOf(request) : undefined;
  return key ? { target: `key:${key.id}` } : {};
}
