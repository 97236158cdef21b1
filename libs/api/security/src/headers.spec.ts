import { pagePolicy } from './headers';

describe('the policy of the page', () => {
  const policy = Object.fromEntries(
    pagePolicy('abc')
      .split('; ')
      .map((each) => [each.split(' ')[0], each.split(' ').slice(1)]),
  );

  it('lets run only its own scripts', () => {
    expect(policy['script-src']).toEqual(["'self'", "'nonce-abc'"]);
    expect(pagePolicy('abc')).not.toMatch(/unsafe-/);
    expect(policy['require-trusted-types-for']).toEqual(["'script'"]);
  });

  it('loads nothing from elsewhere', () => {
    expect(policy['default-src']).toEqual(["'none'"]);
    for (const kind of ['connect-src', 'font-src', 'manifest-src', 'form-action']) expect(policy[kind]).toEqual(["'self'"]);
    for (const kind of ['frame-src', 'object-src', 'base-uri', 'frame-ancestors']) expect(policy[kind]).toEqual(["'none'"]);
  });
});
