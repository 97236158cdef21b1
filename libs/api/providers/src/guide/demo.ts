import { PROVIDER_ERROR_KINDS, runErrorCodeOf, type ProviderErrorKind } from '../errors/provider-error';
import { DEMO_TEXTS } from './demo-texts';
import { type GuideStep } from './guide-step';

const WORDS = { usual: 1_000, most: 50_000 };
const SLOW_START_MS = 10_000;
const TOPICS = ['markdown', 'code', 'table', 'math', 'long N', 'slow', 'error KIND', 'stall'];
/** `aborted` is not among them: that is what a person's Stop looks like. */
const KINDS = PROVIDER_ERROR_KINDS.filter((kind) => kind !== 'aborted');

/** Makes a state of the interface visible. */
export function demoSteps(topic: string, argument: string): readonly GuideStep[] {
  switch (topic) {
    case 'markdown':
    case 'code':
    case 'table':
    case 'math':
      return [{ say: DEMO_TEXTS[topic] }];
    case 'long':
      return [{ words: wordCount(argument) }];
    case 'slow':
      return [{ wait: SLOW_START_MS }, { say: 'This answer took ten seconds to begin, like a model that is loaded first.\n' }];
    case 'stall':
      return [{ say: 'This answer falls silent now. Stop it, or wait until EchoV2 gives up: ' }, { stall: true }];
    case 'error':
      return errorSteps(argument);
    default:
      return [{ say: `Say which demonstration you want:\n\n${TOPICS.map((known) => `- \`/demo ${known}\``).join('\n')}\n` }];
  }
}

function errorSteps(argument: string): readonly GuideStep[] {
  const kind = errorKind(argument);
  if (kind === undefined)
    return [{ say: `Say which error you want:\n\n${KINDS.map((known) => `- \`/demo error ${known}\``).join('\n')}\n` }];
  return [{ say: `This answer fails now with \`${kind}\`. What came before it is kept. ` }, { fail: kind }];
}

/** By our name of it, or by the code that the interface shows. */
function errorKind(argument: string): ProviderErrorKind | undefined {
  const name = argument.replaceAll('-', '_');
  return KINDS.find((kind) => kind === name || runErrorCodeOf(kind) === name);
}

function wordCount(argument: string): number {
  const count = Number.parseInt(argument, 10);
  return Number.isNaN(count) ? WORDS.usual : Math.min(WORDS.most, Math.max(1, count));
}
