import { PUBLIC_EGRESS, OPERATOR_EGRESS, WIRES } from '@echo/api-providers';
import { checkCharacters, checkName, Refusal } from '@echo/api-security';
import { LIMITS } from '@echo/contract';
import { isIP } from 'node:net';
import { type Draft } from './draft';

/** What the id of a provider looks like. Nothing else is ever looked for. */
export const PROVIDER_ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;
/** What HTTP allows in a header's name, and in its value. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4096}$/;
/** Headers that the transport sets itself. */
const OWN_HEADERS = new Set([
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'accept-encoding',
  'cookie',
  'proxy-authorization',
]);
const MAX = { models: 500, pairs: 30, chars: 4_096 };

/** Refuses a provider that could not be asked or must not be, field by field. */
export function checkDraft(draft: Draft): void {
  const wrong = (pointer: string, detail: string): Refusal => Refusal.ofFields([{ pointer, code: 'invalid_value', detail }]);
  if (!PROVIDER_ID.test(draft.id)) throw wrong('/id', 'Use lower-case letters, digits, - and _; begin with a letter or a digit.');
  if (draft.id === 'guide') throw wrong('/id', 'The built-in Guide has this id. Choose another.');
  checkName(draft.name, LIMITS.nameChars, '/name');
  if (!(draft.wire in WIRES))
    throw wrong('/wire', `This server does not speak ${draft.wire} yet. It speaks ${Object.keys(WIRES).join(', ')}.`);
  const fault = addressFault(draft);
  if (fault !== undefined) throw wrong('/base_url', fault);
  if (draft.apiKey !== null && !HEADER_VALUE.test(draft.apiKey)) {
    throw wrong('/api_key', 'A key has no line breaks and at most 4096 characters. Copy it again.');
  }
  if ((draft.models?.length ?? 0) > MAX.models) throw wrong('/models', `Name at most ${MAX.models} models.`);
  draft.models?.forEach((model, index) => checkName(model, LIMITS.nameChars, `/models/${index}`));
  if (draft.defaultModel !== null) checkName(draft.defaultModel, LIMITS.nameChars, '/default_model');
  checkPairs(draft.headers, '/headers', (name, value) => {
    if (OWN_HEADERS.has(name.toLowerCase())) return 'This header is set by the server itself. Leave it out.';
    return HEADER_NAME.test(name) && HEADER_VALUE.test(value) ? undefined : 'HTTP does not allow this as a header.';
  });
  checkPairs(draft.query, '/query', (name, value) =>
    name === '' || value.length > MAX.chars ? 'Give a name, and at most 4096 characters.' : undefined,
  );
}

function checkPairs(
  pairs: Readonly<Record<string, string>> | null,
  pointer: string,
  faultOf: (name: string, value: string) => string | undefined,
): void {
  const entries = Object.entries(pairs ?? {});
  if (entries.length > MAX.pairs) throw Refusal.ofFields([{ pointer, code: 'invalid_value', detail: `Give at most ${MAX.pairs}.` }]);
  for (const [name, value] of entries) {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    checkCharacters(value, place);
    const detail = faultOf(name, value);
    if (detail !== undefined) throw Refusal.ofFields([{ pointer: place, code: 'invalid_value', detail }]);
  }
}

/** What is plainly wrong with an address. Where it really leads is looked at again whenever it is called. */
function addressFault({ baseUrl, allowPrivate }: Draft): string | undefined {
  if (baseUrl.length > 2_000 || !URL.canParse(baseUrl)) return 'Give a URL such as https://api.openai.com/v1.';
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The URL must begin with https:// or http://.';
  if (url.username !== '' || url.password !== '') return 'Leave name and password out of the URL: give a key or a header.';
  if (url.search !== '' || url.hash !== '') return 'Leave out what comes after ? or #: what every URL shall have belongs to the query.';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(host) !== 0 && !OPERATOR_EGRESS.allows(host))
    return 'This address belongs to the machine’s cloud or link and is never a provider.';
  if (allowPrivate) return undefined;
  if (isIP(host) === 0 ? /(^|\.)localhost$/i.test(host) : !PUBLIC_EGRESS.allows(host))
    return 'This address is on this machine or its network. Tick “on this network” if that is meant.';
  if (url.protocol === 'http:') return 'Without https:// everybody on the way can read the key. Use https://, or tick “on this network”.';
  return undefined;
}
