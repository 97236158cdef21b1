import { type Conversation } from '@echo/contract';
import { groupByTime } from './group-by-time';

const NOW = new Date(2026, 10, 22, 0, 30);
const used = (id: number, date: Date, pinned = false) => ({ id, pinned, updated_at: date.toISOString() }) as Conversation;
const labels = (...conversations: Conversation[]) => groupByTime(conversations, NOW).map((group) => group.label);

describe('groupByTime', () => {
  it('goes by the reader’s calendar, not by hours', () => {
    expect(labels(used(1, new Date(2026, 10, 22, 0, 5)), used(2, new Date(2026, 10, 21, 23, 55)))).toEqual(['Today', 'Yesterday']);
  });

  it('names weeks, months and years as they get older', () => {
    expect(
      labels(
        used(1, new Date(2026, 10, 15, 12)),
        used(2, new Date(2026, 10, 14, 12)),
        used(3, new Date(2026, 9, 2, 12)),
        used(4, new Date(2025, 9, 2, 12)),
      ),
    ).toEqual(['Previous 7 days', 'Previous 30 days', 'October', 'October 2025']);
  });

  it('puts pinned conversations first, whatever their age', () => {
    expect(labels(used(1, NOW), used(2, new Date(2024, 1, 1), true))).toEqual(['Pinned', 'Today']);
  });

  it('keeps the order within a group', () => {
    const groups = groupByTime([used(3, NOW), used(1, NOW), used(2, NOW)], NOW);
    expect(groups[0]?.conversations.map(({ id }) => id)).toEqual([3, 1, 2]);
  });

  it('takes a date in the future, from a clock that is ahead, for today', () => {
    expect(labels(used(1, new Date(2026, 10, 23, 9)))).toEqual(['Today']);
  });
});
