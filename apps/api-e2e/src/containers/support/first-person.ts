import { type CreateApiKeyRequest, type CreatedApiKey } from '@echo/contract';
import { call } from '../../faults/support/http';
import { type Stack } from './stack';

/** Longer and rarer than any policy asks for. */
const PASSWORD = 'copper-lantern-ferry-1907';
const LINK = /\/setup#token=([\w.~-]+)/g;

/** Who follows the link in the log of a fresh stack, and from then on speaks with a key of their own. */
export class FirstPerson {
  private constructor(
    private readonly url: string,
    /** Of every request. */
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** `log` is where the link is looked for; unless it is given, all that the application said. */
  static async enter(stack: Stack, log?: string): Promise<FirstPerson> {
    // Every replica prints one at its start; each of them works until one was used.
    const tokens = [...(log ?? (await stack.logs('app'))).matchAll(LINK)].map(([, token]) => token ?? '');
    const refusals: string[] = [];
    for (const token of tokens) {
      const entered = await fetch(`${stack.url}/api/auth/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, email: 'first@chat.example', name: 'First', password: PASSWORD }),
      });
      if (entered.ok) return FirstPerson.withKey(stack.url, entered);
      refusals.push(`${entered.status} ${await entered.text()}`);
    }
    throw new Error(`Nobody can enter by the ${tokens.length} links in the log: ${refusals.join('\n')}`);
  }

  private static async withKey(url: string, entered: Response): Promise<FirstPerson> {
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const asked: CreateApiKeyRequest = { name: 'Tests', scopes: ['chat:read', 'chat:write', 'models:read'] };
    const { status, body } = await call(`${url}/api/account/keys`, asked, { cookie });
    if (status >= 300) throw new Error(`No key is made: ${status} ${JSON.stringify(body)}`);
    return new FirstPerson(url, { authorization: `Bearer ${(body as CreatedApiKey).key}` });
  }

  /** The same person at another stack with the same database. */
  at(stack: Stack): FirstPerson {
    return new FirstPerson(stack.url, this.headers);
  }

  /** What the API answers to a question. */
  async get<T>(path: string): Promise<T> {
    const { status, body } = await call(`${this.url}${path}`, undefined, this.headers);
    if (status !== 200) throw new Error(`${path} answers ${status}: ${JSON.stringify(body)}`);
    return body as T;
  }
}
