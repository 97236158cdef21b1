import { LIMITS } from '@echo/contract';
import { Refusal } from '../refusals/refusal';

/** A password made of fewer different characters is a pattern. */
const MIN_DISTINCT = 5;
/** Parts of a name or an address that are shorter than this occur by chance. */
const MIN_PART = 4;

let common: Promise<ReadonlySet<string>> | undefined;

/** Refuses a password that others would guess. `about`: e-mail address and name of whoever chooses it. `pointer`: its field. */
export async function checkPassword(password: string, about: readonly string[], pointer: string): Promise<void> {
  const reason = await weaknessOf(password, about);
  if (reason !== undefined) throw Refusal.ofFields([{ pointer, code: 'weak_password', detail: reason }]);
}

/** Why a password is weak, as a sentence for whoever chose it; undefined where it is not. */
export async function weaknessOf(password: string, about: readonly string[]): Promise<string | undefined> {
  const length = [...password].length;
  const { passwordMinChars: min, passwordMaxChars: max } = LIMITS;
  if (length < min) return `Take at least ${min} characters: a few words that do not belong together are good.`;
  if (length > max) return `Take at most ${max} characters.`;
  const lower = password.toLowerCase();
  if (new Set(lower).size < MIN_DISTINCT) return `Take more than ${MIN_DISTINCT - 1} different characters.`;
  if (await isCommon(lower)) return 'This password is among those that are tried first. Choose another one.';
  if (partsOf(about).some((part) => lower.includes(part))) return 'The password holds your name or your e-mail address. Leave them out.';
  return undefined;
}

async function isCommon(lower: string): Promise<boolean> {
  common ??= readCommon();
  const list = await common;
  // What is put behind a common password does not make it better, nor saying it twice.
  const bare = lower.replace(/[^a-z]+$/, '');
  const once = /^(.{2,64}?)\1+$/su.exec(lower)?.[1];
  return [lower, bare, once].some((each) => each !== undefined && list.has(each));
}

/** Read when it is needed first: it is long, and where there are no accounts nobody needs it. */
async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'] as readonly string[]);
}

function partsOf(about: readonly string[]): string[] {
  return about
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map((part) => part.toLowerCase())
    .filter((part) => [...part].length >= MIN_PART);
}
