import { canonicalEmail, checkEmail } from './email';

describe('e-mail addresses', () => {
  it.each([
    [' Ada@Echo.TEST ', 'ada@echo.test'],
    ['root@localhost', 'root@localhost'],
    // The same letter, written as one character and as two.
    ['Zoe\u0308@echo.test', 'zo\u00eb@echo.test'],
  ])('has one spelling for %j', (typed, canonical) => {
    expect(checkEmail(typed, '/email')).toBe(canonical);
    expect(canonicalEmail(canonical)).toBe(canonical);
  });

  it.each([
    ['', 'empty'],
    ['ada', 'invalid_value'],
    ['ada@', 'invalid_value'],
    ['@echo.test', 'invalid_value'],
    ['a b@echo.test', 'invalid_value'],
    ['ada@echo@test', 'invalid_value'],
    ['ada\u202e@echo.test', 'invalid_value'],
    ['ada\u0000@echo.test', 'nul_character'],
    [`${'a'.repeat(250)}@b.cd`, 'too_long'],
  ])('refuses %j', (typed, code) => {
    expect(() => checkEmail(typed, '/email')).toThrow(expect.objectContaining({ code }));
  });
});
