import { type Allowance } from '@echo/contract';
import { type Response } from 'express';

const MINUTE = 60;

/** Tells with an answer what its sender may still do, as the draft of the `RateLimit` headers has it. */
export function tellAllowances(response: Response | undefined, allowances: readonly Allowance[]): void {
  if (!response || allowances.length === 0) return;
  response.setHeader(
    'RateLimit-Policy',
    allowances.map(({ name, limit }) => `"${name}";q=${limit}${name === 'messages' ? `;w=${MINUTE}` : ''}`).join(', '),
  );
  response.setHeader(
    'RateLimit',
    allowances.map(({ name, remaining, reset_seconds }) => `"${name}";r=${remaining};t=${reset_seconds}`).join(', '),
  );
}
