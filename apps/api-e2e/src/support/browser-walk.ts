/** A browser without a picture: it keeps cookies and follows redirects, and signs in wherever an identity provider asks. */
export class BrowserWalk {
  private readonly jars = new Map<string, Map<string, string>>();

  /** `login`: who signs in at the identity provider. */
  constructor(readonly login: string) {}

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const jar = this.jar(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...(cookie ? { cookie } : {}), ...init.headers } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Goes on until `isThere`, or until there is no redirect any more. Returns the last address, without fetching it where `isThere`. */
  async follow(url: string, isThere: (url: string) => boolean): Promise<string> {
    for (let place = url, steps = 0; steps < 20; steps++) {
      if (isThere(place)) return place;
      let response = await this.fetch(place);
      if (response.status === 200) {
        const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1];
        if (prompt === undefined) return place;
        const body = new URLSearchParams({ prompt, login: this.login, password: 'any' });
        response = await this.fetch(place, { method: 'POST', body });
      }
      const next = response.headers.get('location');
      if (next === null) throw new Error(`${place} answered ${response.status}`);
      place = new URL(next, place).href;
    }
    throw new Error('It went round and round.');
  }

  /** The cookies that it has for a place. */
  jar(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
