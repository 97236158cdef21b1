import { type AuditFilter } from '@echo/api-persistence';
import { checkCharacters, invalidParameter, type Query, Refusal, textOf } from '@echo/api-security';
import { countChars, LIMITS } from '@echo/contract';
import { isUuid } from '../people/uuid';

/** Years that the database and JavaScript both know. */
const MOMENT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/;

/** Which entries of the audit log somebody asks for. Throws `Refusal`. */
export function auditQuestion(query: Query): Pick<AuditFilter, 'actor' | 'action' | 'from' | 'to'> {
  const [actor, action, from, to] = [actorOf(query), actionOf(query), momentOf(query, 'from'), momentOf(query, 'to')];
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function actorOf(query: Query): string | undefined {
  const actor = textOf(query, 'actor');
  if (actor !== undefined && !isUuid(actor)) throw invalidParameter('actor', 'Give the id of a user.');
  return actor;
}

function actionOf(query: Query): string | undefined {
  const action = textOf(query, 'action');
  if (action === undefined) return undefined;
  checkCharacters(action, 'action');
  if (countChars(action) <= LIMITS.queryChars) return action;
  throw Refusal.ofFields([{ pointer: 'action', code: 'too_long', detail: `An action has at most ${LIMITS.queryChars} characters.` }]);
}

function momentOf(query: Query, name: string): Date | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (!MOMENT.test(text) || Number.isNaN(moment.getTime())) throw invalidParameter(name, 'Give a moment as 2026-01-31T12:00:00Z.');
  return moment;
}
