import { Environment } from './environment';
import { readSingleSignOn } from './read-single-sign-on';

describe('the settings of single sign-on', () => {
  const read = (variables: Record<string, string>) => {
    const environment = new Environment(variables);
    return { settings: readSingleSignOn(environment), problems: environment.problems };
  };

  it('are none where nothing is set', () => {
    expect(read({})).toEqual({ settings: { passwordSignIn: true }, problems: [] });
  });

  it('name the identity provider, who may come in and who is an administrator', () => {
    const variables = {
      ECHO_OIDC_ISSUER: 'https://id.example/tenant/',
      ECHO_OIDC_CLIENT_ID: 'echo',
      ECHO_OIDC_CLIENT_SECRET: 'secret',
      ECHO_OIDC_NAME: 'Example ID',
      ECHO_OIDC_ALLOWED_DOMAINS: 'Example.org, example.com',
      ECHO_OIDC_ADMIN_GROUP: 'operators',
      ECHO_OIDC_GROUPS_CLAIM: 'roles',
      ECHO_PASSWORD_SIGN_IN: 'off',
    };
    expect(read(variables)).toEqual({
      settings: {
        passwordSignIn: false,
        singleSignOn: {
          issuer: 'https://id.example/tenant/',
          clientId: 'echo',
          clientSecret: 'secret',
          name: 'Example ID',
          allowedDomains: ['example.org', 'example.com'],
          adminGroup: 'operators',
          groupsClaim: 'roles',
        },
      },
      problems: [],
    });
  });

  it.each([
    [{ ECHO_OIDC_ISSUER: 'https://id.example' }, 'ECHO_OIDC_CLIENT_ID must be set beside ECHO_OIDC_ISSUER'],
    [
      { ECHO_OIDC_ISSUER: 'http://id.example', ECHO_OIDC_CLIENT_ID: 'echo' },
      'ECHO_OIDC_ISSUER must be a URL that begins with https://, not "http://id.example"',
    ],
    [{ ECHO_PASSWORD_SIGN_IN: 'off' }, 'ECHO_PASSWORD_SIGN_IN can be off only where ECHO_OIDC_ISSUER is set'],
  ])('are refused where nobody could come in, or others could read along: %j', (variables, problem) => {
    expect(read(variables).problems).toEqual([problem]);
  });
});
