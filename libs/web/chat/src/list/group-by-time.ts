import { type Conversation } from '@echo/contract';

/** Conversations under one heading. */
export interface ConversationGroup {
  readonly label: string;
  readonly conversations: readonly Conversation[];
}

/** Puts pinned conversations first and the others under the day they were last used on, as the reader's calendar has it. Keeps their order. */
export function groupByTime(conversations: readonly Conversation[], now: Date): ConversationGroup[] {
  const groups = new Map<string, Conversation[]>();
  const pinned = conversations.filter((conversation) => conversation.pinned);
  if (pinned.length > 0) groups.set('Pinned', pinned);
  for (const conversation of conversations) {
    if (conversation.pinned) continue;
    const label = labelOf(new Date(conversation.updated_at), now);
    groups.set(label, [...(groups.get(label) ?? []), conversation]);
  }
  return [...groups].map(([label, members]) => ({ label, conversations: members }));
}

function labelOf(date: Date, now: Date): string {
  const days = calendarDaysBetween(date, now);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days <= 7) return 'Previous 7 days';
  if (days <= 30) return 'Previous 30 days';
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString('en', sameYear ? { month: 'long' } : { month: 'long', year: 'numeric' });
}

function calendarDaysBetween(from: Date, to: Date): number {
  // By UTC midnights of the local dates: a day with a clock change has 23 or 25 hours.
  const dayOf = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  return dayOf(to) - dayOf(from);
}
