import { type Request } from 'express';
import { type AccountsSettings } from '../accounts-settings';

/** The origin that links for others begin with: the public one, else the one under which the administrator came, which the site guard found to be ours. */
export function linkOrigin({ publicUrl }: AccountsSettings, request: Request): string {
  return publicUrl ?? `http://${request.headers.host ?? ''}`;
}
