/* eslint-disable @typescript-eslint/no-explicit-any -- bodies of answers are JSON of any shape */

export interface Answer {
  /** 0: nobody answered. */
  readonly status: number;
  readonly body: any;
  readonly retryAfter: string | null;
}

/** `GET`, or `POST` where there is a body. Never throws. */
export async function call(url: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(url, init ?? { headers });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), retryAfter: answer.headers.get('retry-after') };
  } catch {
    // Refused, reset or cut: that is one of the things that tests look for.
    return { status: 0, body: undefined, retryAfter: null };
  }
}

/** Waits until `test` holds. Throws after `ms` milliseconds. */
export async function until(test: () => boolean | Promise<boolean>, ms: number, what: string): Promise<number> {
  const begun = performance.now();
  while (!(await test())) {
    if (performance.now() - begun > ms) throw new Error(`Not so within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - begun;
}
