import { type Response } from 'supertest';
import { type TestApi } from './test-api';

export const PASSWORD = 'a quiet walk at dusk';

/** Somebody in a browser of their own, which keeps their cookie. */
export class Person {
  cookie = '';
  id = '';

  constructor(
    readonly api: TestApi,
    readonly email: string,
    readonly name = 'Ada Lovelace',
    readonly password = PASSWORD,
  ) {}

  /** Makes the first administrator, with the link that the application printed. */
  static async setUp(api: TestApi, email = 'ada@echo.test'): Promise<Person> {
    const person = new Person(api, email);
    await person.enter('/api/auth/setup', { ...person.form, token: setupToken(api) });
    return person;
  }

  /** Somebody whom this administrator invites, and who accepts. */
  async invite(email: string, role: 'user' | 'administrator' = 'user', name = 'Bob Babbage'): Promise<Person> {
    const { body: link } = await this.post('/api/admin/invitations', { role });
    const person = new Person(this.api, email, name);
    await person.enter('/api/auth/invitation/accept', { ...person.form, token: tokenOf(link.url) });
    return person;
  }

  /** What everybody gives who makes an account. */
  get form(): { email: string; name: string; password: string } {
    return { email: this.email, name: this.name, password: this.password };
  }

  /** Another browser of the same person. */
  async elsewhere(code?: string): Promise<Person> {
    const other = new Person(this.api, this.email, this.name, this.password);
    await other.enter('/api/auth/sign-in', { email: this.email, password: this.password, ...(code === undefined ? {} : { code }) });
    return other;
  }

  async send(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const answer = await this.api.send(method, path, body, { ...this.headers, ...headers });
    const set = answer.headers['set-cookie'] as unknown as string[] | undefined;
    const pair = set?.at(-1)?.split(';')[0];
    if (pair !== undefined) this.cookie = pair.endsWith('=') ? '' : pair;
    return answer;
  }

  get headers(): Record<string, string> {
    return this.cookie === '' ? {} : { cookie: this.cookie };
  }

  get(path: string): Promise<Response> {
    return this.send('get', path);
  }

  post(path: string, body?: object | string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('post', path, body, headers);
  }

  /** A key of theirs, as it is sent. */
  async key(...scopes: string[]): Promise<{ readonly id: string; readonly key: string; readonly headers: { authorization: string } }> {
    const { body } = await this.post('/api/account/keys', { name: 'A key', scopes });
    return { id: body.id, key: body.key, headers: { authorization: `Bearer ${body.key}` } };
  }

  private async enter(path: string, body: object): Promise<void> {
    const answer = await this.post(path, body);
    if (answer.status !== 200) throw new Error(`${this.email} could not enter by ${path}: ${answer.status} ${answer.text}`);
    this.id = answer.body.id;
  }
}

/** The token of the link that the application printed at its start. */
export function setupToken(api: TestApi): string {
  const url = /http\S+\/setup#token=[\w-]+/.exec(api.app.output)?.[0];
  if (url === undefined) throw new Error(`There is no setup link in:\n${api.app.output}`);
  return tokenOf(url);
}

/** What stands behind `#token=`. */
export function tokenOf(url: string): string {
  return new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? '';
}

/** Status and code of an answer. */
export function outcome({ status, body }: Response): [number, string | undefined] {
  return [status, body?.code];
}
