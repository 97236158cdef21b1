import { type WireName } from '../provider-settings';
import { anthropicOracle } from './replay/anthropic-oracle';
import { DIFFERENCES, FAILURES, JOINED } from './replay/differences';
import { geminiOracle } from './replay/gemini-oracle';
import { ollamaChatOracle, ollamaGenerateOracle } from './replay/ollama-oracles';
import { openAiChatOracle, openAiResponsesOracle } from './replay/openai-oracles';
import { firstAnswer, type Oracle, played, type Reading, readRecordings } from './replay/recordings';
import { type Outcome, WireStage } from './wire-stage';

/** The wire of a recording → ours, the official SDK, and how many recordings there are at least. */
const READERS: readonly (readonly [string, WireName, Oracle, number])[] = [
  ['openai-chat', 'openai-chat', openAiChatOracle, 80],
  ['openai-responses', 'openai-responses', openAiResponsesOracle, 50],
  ['anthropic', 'anthropic', anthropicOracle, 50],
  ['gemini', 'gemini', geminiOracle, 9],
  ['ollama-chat', 'ollama', ollamaChatOracle, 2],
  ['ollama-generate', 'ollama', ollamaGenerateOracle, 3],
];

const path = process.env['PROVIDER_CORPUS'];
const recordings = path === undefined ? [] : readRecordings(path);

(path === undefined ? describe.skip : describe)('recorded traffic (skipped unless PROVIDER_CORPUS names the recordings)', () => {
  let stage: WireStage;
  const met = new Set<object>();

  beforeAll(async () => (stage = await WireStage.start()));
  afterEach(() => stage.provider.reset());
  afterAll(() => stage.stop());

  describe.each(READERS)('of %s', (recordedWire, wire, oracle, atLeast) => {
    const mine = recordings.filter((recording) => recording.wire === recordedWire);

    it('is there to be replayed', () => {
      expect(mine.length).toBeGreaterThanOrEqual(path === undefined ? 0 : atLeast);
    });

    it.each(mine.map((recording) => [`${recording.file.split('/').slice(-3).join('/')} #${recording.i}`, recording] as const))(
      'is read as the official SDK reads it: %s',
      async (_, recording) => {
        const isJoined = JOINED.some((file) => recording.file.endsWith(file));
        stage.provider.answer = () => played(isJoined ? firstAnswer(recording) : recording);
        const theirs = await oracle.read(stage.provider.origin).catch((error: unknown) => error);
        // Ours reads the whole, in pieces that respect nothing.
        stage.provider.answer = () => ({ ...played(recording), split: 97 });
        const ours = await stage.outcome(stage.model(wire));
        if (theirs instanceof Error) {
          const failure = FAILURES.find(({ file }) => recording.file.endsWith(file));
          expect(ours.error).toMatchObject({ name: 'ProviderError', kind: failure?.kind ?? 'one that is listed' });
          expect(ours.error?.status).toBe(oracle.statusOf(theirs));
          return;
        }
        const difference = DIFFERENCES.find(({ file }) => recording.file.endsWith(file));
        if (difference !== undefined) met.add(difference);
        expect(ours.error).toBeUndefined();
        expect(readingOf(ours)).toEqual({ ...(theirs as Reading), ...difference?.ours });
        if (difference !== undefined) expect(theirs).not.toMatchObject(difference.ours);
      },
    );
  });

  it('has met every difference that is explained', () => {
    expect(DIFFERENCES.filter((difference) => !met.has(difference))).toEqual([]);
  });
});

function readingOf({ text, reasoning, finish }: Outcome): Reading {
  const usage = finish?.usage && { input: finish.usage.input_tokens, output: finish.usage.output_tokens };
  return { text, reasoning, finish: finish?.reason, usage };
}
