import { Refusal } from '@echo/api-security';
import { listPositionOf, messagePositionOf, seqOf, writeListCursor, writeMessageCursor } from './list-query';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('the parameters of a list', () => {
  it('finds the place that a cursor names', () => {
    const place = { pinned: true, updatedAt: new Date(1_764_000_000_123), id: 7 };
    expect(listPositionOf({ cursor: writeListCursor(place) })).toEqual(place);
    expect(messagePositionOf({ cursor: writeMessageCursor(9) })).toBe(9);
    expect(listPositionOf({})).toBeUndefined();
    expect(messagePositionOf({})).toBe(0);
  });

  it.each(['', 'x', '🙂', 'W10', Buffer.from('["a",1,2]').toString('base64url'), Buffer.from('[true,1e99,2]').toString('base64url')])(
    'refuses the cursor %j',
    (cursor) => {
      expect(codeOf(() => listPositionOf({ cursor }))).toBe('invalid_cursor');
      expect(codeOf(() => messagePositionOf({ cursor }))).toBe('invalid_cursor');
    },
  );

  it('takes the number of an event and refuses everything else', () => {
    expect(seqOf('0')).toBe(0);
    expect(seqOf('2147483647')).toBe(2_147_483_647);
    for (const text of ['', '-1', '1.5', 'NaN', '1e3', '2147483648', '99999999999999999999', ' 1'])
      expect(codeOf(() => seqOf(text))).toBe('invalid_cursor');
  });
});
