import { isSameHash, newApiKey, prefixOf, readApiKey } from './api-key';

describe('an API key', () => {
  it('has a form that scanners know, and reads back', () => {
    const { key, id, hash } = newApiKey();
    expect(key).toMatch(/^echo_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/);
    expect(key.startsWith(prefixOf(id))).toBe(true);
    expect(readApiKey(key)).toEqual({ id, hash });
    expect(key).not.toBe(newApiKey().key);
  });

  it('is known as mistyped by its checksum alone', () => {
    const { key } = newApiKey();
    for (let index = 0; index < key.length; index++) {
      const other = key[index] === 'a' ? 'b' : 'a';
      expect(readApiKey(`${key.slice(0, index)}${other}${key.slice(index + 1)}`)).toBeUndefined();
    }
  });

  // CVE-2026-42208: there the text of a key became SQL.
  it.each(["' OR '1'='1", 'echo_live_', '', 'echo_live_aaaaaaaa_x', "echo_live_aaaaaaa'_--"])('is not %j', (text) =>
    expect(readApiKey(text)).toBeUndefined(),
  );

  it('is compared in the same time wherever it differs', () => {
    const { hash } = newApiKey();
    expect(isSameHash(hash, Buffer.from(hash))).toBe(true);
    expect(isSameHash(hash, newApiKey().hash)).toBe(false);
    expect(isSameHash(hash, Buffer.alloc(3))).toBe(false);
  });
});
