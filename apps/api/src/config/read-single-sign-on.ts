import { type AccountsSettings } from '@echo/api-accounts';
import { type Environment } from './environment';

/** The identity provider, and whether passwords are a way in beside it. */
export function readSingleSignOn(environment: Environment): Pick<AccountsSettings, 'passwordSignIn' | 'singleSignOn'> {
  const issuer = readIssuer(environment);
  const clientId = environment.text('ECHO_OIDC_CLIENT_ID');
  const clientSecret = environment.secret('ECHO_OIDC_CLIENT_SECRET');
  const name = environment.text('ECHO_OIDC_NAME') ?? 'single sign-on';
  const allowedDomains = (environment.text('ECHO_OIDC_ALLOWED_DOMAINS') ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((domain) => domain !== '');
  const adminGroup = environment.text('ECHO_OIDC_ADMIN_GROUP');
  const groupsClaim = environment.text('ECHO_OIDC_GROUPS_CLAIM') ?? 'groups';
  const passwordSignIn = environment.flag('ECHO_PASSWORD_SIGN_IN', true);
  if (issuer !== undefined && clientId === undefined) environment.wrong('ECHO_OIDC_CLIENT_ID', 'must be set beside ECHO_OIDC_ISSUER');
  if (issuer === undefined && !passwordSignIn) environment.wrong('ECHO_PASSWORD_SIGN_IN', 'can be off only where ECHO_OIDC_ISSUER is set');
  if (issuer === undefined || clientId === undefined) return { passwordSignIn };
  const optional = { ...(clientSecret === undefined ? {} : { clientSecret }), ...(adminGroup === undefined ? {} : { adminGroup }) };
  return { passwordSignIn, singleSignOn: { issuer, clientId, name, allowedDomains, groupsClaim, ...optional } };
}

/** As it is written: identity providers compare it letter by letter. */
function readIssuer(environment: Environment): string | undefined {
  const text = environment.text('ECHO_OIDC_ISSUER');
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)) return text;
  return environment.wrong('ECHO_OIDC_ISSUER', `must be a URL that begins with https://, not "${text}"`);
}
