import { auditQuestion } from './audit-question';

const ID = '019a0c1e-7b4a-4cc3-9a51-6f1f2f3f4f5f';

describe('auditQuestion', () => {
  it('asks for everything, or for what is given', () => {
    expect(auditQuestion({})).toEqual({});
    expect(auditQuestion({ actor: ID, action: 'key.create', from: '2026-01-31T00:00:00Z', to: '2026-02-01T00:00:00+01:00' })).toEqual({
      actor: ID,
      action: 'key.create',
      from: new Date('2026-01-31T00:00:00Z'),
      to: new Date('2026-01-31T23:00:00Z'),
    });
  });

  it.each([
    [{ actor: 'ada' }, 'actor', 'invalid_value'],
    [{ actor: [ID, ID] }, 'actor', 'invalid_value'],
    [{ action: 'a\u0000' }, 'action', 'nul_character'],
    [{ action: 'a'.repeat(201) }, 'action', 'too_long'],
    [{ from: 'yesterday' }, 'from', 'invalid_value'],
    [{ from: '+275760-01-01T00:00:00Z' }, 'from', 'invalid_value'],
    [{ to: '2026-13-01T00:00:00Z' }, 'to', 'invalid_value'],
  ])('refuses %j', (query, pointer, code) => {
    expect(() => auditQuestion(query)).toThrow(
      expect.objectContaining({ code, extras: { errors: [expect.objectContaining({ pointer, code })] } }),
    );
  });
});
