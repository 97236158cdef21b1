import { type GuardedCall, GuardedFetch } from '@echo/api-providers';
import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { type PreLogin } from './pre-login';
import { SingleSignOnSettings } from './single-sign-on-settings';

/** Milliseconds for which a failed discovery is not tried again. */
const RETRY_MS = 5_000;
const TIMEOUT_SECONDS = 10;
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** What it says of somebody. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** Whose sessions it ends. */
export interface LogoutNotice {
  readonly subject: string | null;
  readonly sessionId: string | null;
}

/** The identity provider, asked by OpenID Connect. It is looked up when it is first needed, so that the server starts while it is away. */
@Injectable()
export class IdentityProvider {
  private found: Promise<client.Configuration> | undefined;
  private failedAt = -Infinity;
  private keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  /** Its calls leave as those to models do: by the company's proxy, and to no address that no operator means. */
  private readonly fetch = (url: string, call: GuardedCall): Promise<Response> => this.wayOut.fetch(url, call);

  constructor(
    private readonly settings: SingleSignOnSettings,
    private readonly wayOut: GuardedFetch,
  ) {}

  /** Where the browser goes, and what it keeps meanwhile. */
  async begin(redirectUri: string, returnTo: string): Promise<{ readonly url: string; readonly login: PreLogin }> {
    const config = await this.configuration();
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, login: { state, nonce, verifier, returnTo } };
  }

  /** Who came back. Throws where anything of it is not as it was begun. */
  async finish(callback: URL, { state, nonce, verifier }: PreLogin): Promise<Claims> {
    const config = await this.configuration();
    const tokens = await client.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims() as Claims;
    const isWhole = 'email' in claims && (this.settings.adminGroup === undefined || this.settings.groupsClaim in claims);
    if (isWhole || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
  }

  /** Where the browser goes to end its session there as well; null where there is no such place, or it is away. */
  async endUrl(returnUrl: string): Promise<string | null> {
    try {
      const config = await this.configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: returnUrl }).href;
    } catch {
      // Signing out here must work while it is away.
      return null;
    }
  }

  /** Reads its word that a session has ended. Throws where that is not its word. */
  async readLogout(token: string): Promise<LogoutNotice> {
    const config = await this.configuration();
    const { jwks_uri: jwks, issuer } = config.serverMetadata();
    if (jwks === undefined) throw new Error('The identity provider names no keys.');
    this.keys ??= createRemoteJWKSet(new URL(jwks), { timeoutDuration: TIMEOUT_SECONDS * 1000, [customFetch]: this.fetch });
    const { payload } = await jwtVerify(token, this.keys, {
      issuer,
      audience: this.settings.clientId,
      maxTokenAge: '5 minutes',
      clockTolerance: 60,
      requiredClaims: ['iat', 'jti', 'events'],
    });
    const events = payload['events'];
    const { sub, sid } = payload;
    const isLogout = typeof events === 'object' && events !== null && LOGOUT_EVENT in events && !('nonce' in payload);
    if (!isLogout || (sub === undefined && typeof sid !== 'string')) throw new Error('The token is no logout token.');
    return { subject: sub ?? null, sessionId: typeof sid === 'string' ? sid : null };
  }

  private configuration(): Promise<client.Configuration> {
    if (this.found === undefined && performance.now() - this.failedAt < RETRY_MS) {
      return Promise.reject(new Error('The identity provider was away a moment ago.'));
    }
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      this.failedAt = performance.now();
      throw error;
    });
    return this.found;
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // The settings allow plain HTTP on loopback only.
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    const authentication = clientSecret === undefined ? client.None() : undefined;
    return client.discovery(new URL(issuer), clientId, clientSecret, authentication, {
      execute,
      timeout: TIMEOUT_SECONDS,
      [client.customFetch]: this.fetch,
    });
  }
}
