import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

const CLIENT = 'echo';
export const SECRET = 'a secret between the two of them, long enough';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Somebody whom it knows. */
export interface Account {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

/** A real identity provider (`oidc-provider`) on loopback. */
export class TestIdentityProvider {
  readonly accounts = new Map<string, Account>();
  private handle: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  private readonly keys = generateKeyPair('RS256', { extractable: true });

  private constructor(
    private readonly server: Server,
    readonly port: number,
    readonly issuer: string,
  ) {}

  /** Listens, and answers once it knows its client. `secure`: by TLS, under a name that leads to it elsewhere than here. */
  static async start(secure?: { readonly host: string; readonly key: Buffer; readonly cert: Buffer }): Promise<TestIdentityProvider> {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      if (provider.handle) provider.handle(request, response);
      else response.writeHead(503).end();
    };
    const server = secure ? createSecureServer(secure, answer) : createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const provider = new TestIdentityProvider(server, port, secure ? `https://${secure.host}` : `http://127.0.0.1:${port}`);
    return provider;
  }

  get env(): Record<string, string> {
    return { ECHO_OIDC_ISSUER: this.issuer, ECHO_OIDC_CLIENT_ID: CLIENT, ECHO_OIDC_CLIENT_SECRET: SECRET, ECHO_OIDC_NAME: 'Test ID' };
  }

  /** Takes the application at `url` for its client. */
  async serve(url: string): Promise<void> {
    const { privateKey } = await this.keys;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [`${url}/api/auth/single-sign-on/callback`],
          post_logout_redirect_uris: [`${url}/sign-in`],
        },
      ],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['a key of the test'] },
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...this.accounts.get(id) }) }),
    });
    const answer = provider.callback();
    this.handle = (request, response) => void answer(request, response);
  }

  /** What it would send to say that everybody of `subject` is signed out. */
  async logoutToken(subject: string, change: Record<string, unknown> = {}, key?: CryptoKey): Promise<string> {
    const claims = { sub: subject, jti: `${Math.random()}`, events: { [LOGOUT_EVENT]: {} }, iss: this.issuer, aud: CLIENT, ...change };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'logout+jwt' })
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(key ?? (await this.keys).privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
