import { changesOf } from './changes';

const ADA = { name: 'Ada', role: 'user', status: 'active' } as const;

describe('changesOf', () => {
  it('says what is different, and no name', () => {
    expect(changesOf(ADA, ADA)).toBe('');
    expect(changesOf(ADA, { name: 'Lovelace', role: 'administrator', status: 'disabled' })).toBe(
      'name; role user → administrator; status active → disabled',
    );
  });
});
