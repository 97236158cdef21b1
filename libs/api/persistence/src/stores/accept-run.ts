import { NotOwnedError, RunInProgressError } from '../errors';
import { takeAllowance } from '../limits/take-allowance';
import { type Ask, the } from './ask';
import { claim, claimant } from './claim-key';
import { LIVE } from './live.sql';
import { HISTORY, type HistoryMessage } from './message.store';
import { type AcceptedRun, conversationOf, memoryAfter, type NewRun, startEvent } from './new-run';
import { writeExchange, writeTurn } from './write-turn';

/** Whether the turn begins a conversation with one message, and nothing is counted: there is nothing to look up, and one statement accepts it. */
export function isFirstPrompt({ turn, limits }: NewRun): boolean {
  return turn.kind === 'prompt' && turn.conversationId === undefined && limits === undefined;
}

/** What it stored is what the person was promised. Each statement more would be waited for before the first byte: none but this. */
export async function acceptFirstPrompt(ask: Ask, run: NewRun): Promise<AcceptedRun> {
  const prompt = run.turn.kind === 'prompt' ? run.turn.prompt : '';
  const written = await writeTurn(ask, run, run.idempotency, {
    conversationId: null,
    parentId: null,
    prompt,
    prefix: '',
    memoryAfter: null,
  });
  if (written === undefined) return { existing: true, runId: await claimant(ask, run) };
  const start = startEvent(run, written.conversationId, written.messageId, null);
  return {
    existing: false,
    start,
    prefix: '',
    history: [{ role: 'user', content: prompt }],
    systemPrompt: null,
    temperature: null,
    allowances: [],
  };
}

/** The same for any turn, in a transaction: what comes before it must not change meanwhile. */
export async function acceptRun(ask: Ask, run: NewRun): Promise<AcceptedRun> {
  const earlier = await claim(ask, run);
  if (earlier) return { existing: true, runId: earlier };
  const place = await placeOf(ask, run);
  // Last of what can refuse: whoever is refused for something else has used nothing up.
  const allowances = run.limits === undefined ? [] : await takeAllowance(ask, run.ownerId, run.limits);
  const past = run.turn.kind === 'messages' ? await writeExchange(ask, run, run.turn.messages.slice(0, -1)) : undefined;
  const history = await readHistory(ask, place, past?.messages);
  const { systemPrompt, temperature, prefix } = place;
  const memory = memoryAfter(run, { history, systemPrompt, prefix });
  const { conversationId, messageId } = the(
    await writeTurn(ask, run, undefined, { conversationId: conversationOf(run) ?? null, ...place, ...past, memoryAfter: memory }),
  );
  return {
    existing: false,
    start: startEvent(run, conversationId, messageId, memory),
    prefix,
    history,
    systemPrompt,
    temperature,
    allowances,
  };
}

/** Where the turn comes, and what its conversation is set to. */
interface Place {
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  /** The message that the question, or where there is none, the answer comes after. */
  readonly parentId: number | null;
  /** The question to store; null where the answered message is stored already. */
  readonly prompt: string | null;
  /** What the answer begins with. */
  readonly prefix: string;
}

interface PlaceRow {
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  readonly liveId: string | null;
  readonly isStopping: boolean | null;
  readonly messageId: number | null;
  readonly parentId: number | null;
  readonly role: string | null;
  readonly content: string | null;
}

// Seen after the lock was given: whatever was accepted before is among it. The message asked for, else the newest.
const PLACE = `
  select c.system_prompt as "systemPrompt", c.temperature, r.id as "liveId", r.stop_requested_at is not null as "isStopping",
    m.id as "messageId", m.parent_id as "parentId", m.role, case when $3 then m.content end as content
  from conversation c
  left join run r on r.conversation_id = c.id and r.${LIVE}
  left join lateral (
    select * from message where conversation_id = c.id and ($2::bigint is null or id = $2) order by id desc limit 1
  ) as m on true
  where c.id = $1`;

/** After which message the turn comes. Throws `RunInProgressError` and `NotOwnedError`. */
async function placeOf(ask: Ask, run: NewRun): Promise<Place> {
  const { turn } = run;
  const anew = { systemPrompt: null, temperature: null, parentId: null, prefix: '' };
  if (turn.kind === 'messages') {
    const last = the(turn.messages.at(-1));
    return { ...anew, prompt: last.content };
  }
  if (turn.kind === 'prompt' && turn.conversationId === undefined) return { ...anew, prompt: turn.prompt };
  const asked = turn.kind === 'prompt' ? turn.parentId : turn.messageId;
  const rows = await ask<PlaceRow>(PLACE, [turn.conversationId, asked ?? null, turn.kind === 'continue']);
  const { liveId, isStopping, messageId, parentId, role, content, ...settings } = the(rows[0]);
  if (liveId !== null) throw new RunInProgressError(liveId, isStopping === true);
  if (asked !== null && asked !== undefined && messageId === null) throw new NotOwnedError('message');
  if (turn.kind === 'prompt') return { ...settings, parentId: asked === null ? null : messageId, prompt: turn.prompt, prefix: '' };
  const answered = role === 'user' ? messageId : parentId;
  if (answered === null) throw new NotOwnedError('message');
  return { ...settings, parentId: answered, prompt: null, prefix: content ?? '' };
}

/** Root to the message that is to be answered. What was just written need not be read. */
async function readHistory(ask: Ask, place: Place, written: readonly HistoryMessage[] | undefined): Promise<readonly HistoryMessage[]> {
  const asked: HistoryMessage[] = place.prompt === null ? [] : [{ role: 'user', content: place.prompt }];
  if (written === undefined && place.parentId === null) return asked;
  return [...(written ?? (await ask<HistoryMessage>(HISTORY, [place.parentId]))), ...asked];
}
