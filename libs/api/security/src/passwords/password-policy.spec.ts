import { checkPassword, weaknessOf } from './password-policy';

const ABOUT = ['anna.weber@firma.example', 'Anna Weber'];

describe('the password policy', () => {
  it.each(['correct horse battery', 'Zwölf Zeichen!', '🐎🔋📎🧷🪑🧲🪜🧵🧶🪡🪢🪣', 'x7Kq-93mz-PPq1'])('takes %s', async (password) => {
    expect(await weaknessOf(password, ABOUT)).toBeUndefined();
  });

  it.each([
    ['eleven char', 'at least 12'],
    ['🐎'.repeat(11), 'at least 12'],
    ['ab'.repeat(10), 'different characters'],
    ['Password1234', 'tried first'],
    ['PASSWORD!!!!!', 'tried first'],
    ['dragondragon', 'tried first'],
    ['anna-is-the-best-1', 'your name'],
    ['I work at firma.', 'your name'],
    [`x7Kq-93mz${'-PPq1'.repeat(25)}`, 'at most 128'],
  ])('refuses %s', async (password, reason) => {
    expect(await weaknessOf(password, ABOUT)).toContain(reason);
  });

  it('says which field is meant', async () => {
    await expect(checkPassword('short', [], '/new_password')).rejects.toThrow(
      expect.objectContaining({
        code: 'weak_password',
        extras: { errors: [expect.objectContaining({ pointer: '/new_password' })] },
      }) as Error,
    );
  });
});
