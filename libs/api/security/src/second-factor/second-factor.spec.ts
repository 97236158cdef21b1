import { TOTP } from 'otpauth';
import { authenticatorUri, newAuthenticatorSecret, stepOf } from './authenticator-code';
import { newRecoveryCodes, recoveryHashOf } from './recovery-code';

const NOW = 1_764_000_000_000;

describe('the code of an authenticator', () => {
  it('belongs to a step of thirty seconds, one early or late', () => {
    const secret = newAuthenticatorSecret();
    const code = new TOTP({ secret }).generate({ timestamp: NOW });
    const step = NOW / 30_000;
    expect(stepOf(secret, code, NOW)).toBe(step);
    expect(stepOf(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, NOW + 30_000)).toBe(step);
    expect(stepOf(secret, code, NOW - 30_000)).toBe(step);
    expect(stepOf(secret, code, NOW + 90_000)).toBeUndefined();
    for (const wrong of ['', '12345', '1234567', 'abcdef', '１２３４５６']) expect(stepOf(secret, wrong, NOW)).toBeUndefined();
  });

  it('agrees with RFC 6238', () => {
    // The RFC's secret "12345678901234567890"; at 59 s its code of eight digits is 94287082.
    expect(stepOf('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '287082', 59_000)).toBe(1);
  });

  it('is set up by a link that authenticators read', () => {
    expect(authenticatorUri('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'anna@example.org')).toMatch(
      /^otpauth:\/\/totp\/EchoV2:anna%40example\.org\?issuer=EchoV2&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&/,
    );
  });
});

describe('recovery codes', () => {
  it('are ten, all different', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  });

  it('are the same code however they are typed, and nobody else’s (CVE-2026-72917)', () => {
    const hash = recoveryHashOf('anna', '01AB-CDEF-GHJK-MNPQ');
    for (const typed of ['01abcdefghjkmnpq', ' oiab-cdef ghjk-mnpq\n', 'OLAB-CDEF-GHJK-MNPQ'])
      expect(recoveryHashOf('anna', typed)).toEqual(hash);
    expect(recoveryHashOf('bert', '01AB-CDEF-GHJK-MNPQ')).not.toEqual(hash);
    for (const typed of ['', '123456', '01AB-CDEF-GHJK-MNP', '01AB-CDEF-GHJK-MNPQR', '01AB-CDEF-GHJK-MNPU']) {
      expect(recoveryHashOf('anna', typed)).toBeUndefined();
    }
  });
});
