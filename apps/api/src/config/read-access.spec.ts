import { Environment, type Variables } from './environment';
import { readAccess } from './read-access';

const ACCOUNTS = { ECHO_AUTH: 'accounts' };

function look(variables: Variables) {
  const environment = new Environment(variables);
  const warnings: string[] = [];
  const access = readAccess(environment, (line) => warnings.push(line));
  return { ...access, warnings, problems: environment.problems };
}

describe('who may come in, and from where', () => {
  it('is one local user on this machine, unless there are accounts', () => {
    expect(look({})).toMatchObject({
      accounts: { auth: 'none', signUp: false },
      proxy: false,
      metrics: { isOpenLocally: true },
      problems: [],
    });
    expect(look({ ...ACCOUNTS, ECHO_SIGN_UP: 'on' })).toMatchObject({ accounts: { auth: 'accounts', signUp: true }, problems: [] });
    expect(look({ ECHO_AUTH: 'ldap' }).problems).toEqual(['ECHO_AUTH must be one of none, accounts, not "ldap"']);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'localhost'])('listens on %s with accounts', (host) => {
    expect(look({ ...ACCOUNTS, ECHO_HOST: host })).toMatchObject({ listen: { host }, problems: [] });
  });

  it('does not listen on a name', () => {
    expect(look({ ...ACCOUNTS, ECHO_HOST: 'chat.example' }).problems).toEqual([
      'ECHO_HOST must be an address such as 0.0.0.0, not "chat.example"',
    ]);
  });

  it('shows the metrics to nobody without the token, where there are accounts', () => {
    expect(look(ACCOUNTS).metrics).toEqual({ isOpenLocally: false });
    expect(look({ ...ACCOUNTS, ECHO_METRICS_TOKEN: '0123456789abcdef' }).metrics).toEqual({
      isOpenLocally: false,
      token: '0123456789abcdef',
    });
  });

  it('takes no password over plain HTTP from another machine, unless the operator says that they know', () => {
    const plain = { ...ACCOUNTS, ECHO_PUBLIC_URL: 'http://chat.example' };
    expect(look(plain).problems).toEqual([expect.stringMatching(/^ECHO_PUBLIC_URL must begin with https:\/\/.*ECHO_INSECURE_HTTP=on$/)]);
    const { problems, warnings } = look({ ...plain, ECHO_INSECURE_HTTP: 'on' });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^People sign in over plain HTTP at http:\/\/chat\.example: /)]);
  });

  it.each([
    'https://chat.example',
    'https://intranet.example/tools/echo',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'http://localhost:8080',
  ])('has nothing to say about %s', (url) => {
    expect(look({ ...ACCOUNTS, ECHO_PUBLIC_URL: url })).toMatchObject({ problems: [], warnings: [] });
  });

  it.each([
    'https://chat.example/a b',
    'https://chat.example/"x',
    'https://chat.example/echo?x=1',
    'https://chat.example/api',
    'https://chat.example/#x',
  ])('is reached at no address such as %s', (url) => {
    expect(look({ ECHO_PUBLIC_URL: url }).problems).toEqual([expect.stringMatching(/^ECHO_PUBLIC_URL must be an origin, and a path/)]);
  });

  it.each([
    ['off', false],
    ['0', false],
    ['1', 1],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, fd00::/8 192.0.2.1', ['10.0.0.0/8', 'fd00::/8', '192.0.2.1']],
  ])('trusts the proxies of %j', (text, proxy) => {
    expect(look({ ECHO_TRUST_PROXY: text })).toMatchObject({ proxy, problems: [] });
  });

  it.each(['on', 'everybody', '11', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example'])('does not trust %j', (text) => {
    expect(look({ ECHO_TRUST_PROXY: text }).problems).toEqual([expect.stringMatching(/^ECHO_TRUST_PROXY must be off, /)]);
  });
});
