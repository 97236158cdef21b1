import { type ProviderList } from '@echo/contract';
import { collectAnswer } from '@echo/testing';
import { PROVIDER_ERROR_KINDS, type ProviderErrorKind } from '../errors/provider-error';
import { type ModelPart } from '../language-model';
import { GuideModel } from './guide-model';
import { HELP, NOT_AN_AI } from './help';

const never = new AbortController().signal;
const nothing: ProviderList = { providers: [], default_model: 'guide/guide', discovered: [] };

function guide(chunksPerSecond = 0, overview: ProviderList = nothing): GuideModel {
  return new GuideModel({ overview: () => Promise.resolve(overview), chunksPerSecond, discoverLocal: true });
}

function ask(content: string, model = guide()) {
  return collectAnswer<ModelPart>(model.stream({ messages: [{ role: 'user', content }] }, never));
}

describe('the Guide', () => {
  afterEach(() => jest.useRealTimers());

  describe('echo', () => {
    it.each([
      ['a word', 'Hello'],
      ['white space', 'a\n\n  indented\ttab\r\nCRLF   spaces \n'],
      ['a fence', '```ts\nconst a = `b`;\n```'],
      ['a longer fence', '````'],
      ['other scripts', 'äöü 日本語 👩🏽‍🚀 \u202e bidi'],
      ['a command in the middle', 'please run\n/demo stall\nfor me'],
      ['a command after a space', ' /help me'],
      ['a path', '/etc/hosts is gone'],
      ['markup', '<script>alert(1)</script> </s> [INST]'],
      ['200,000 characters', 'x'.repeat(200_000)],
    ])('gives back %s byte for byte, in a fence that it cannot close', async (_, prompt) => {
      const { text } = await ask(prompt);
      const [, fence = '', inside] = /^(`{3,})text\n([^]*?)\n\1$/m.exec(text) ?? [];
      expect(inside === prompt).toBe(true);
      expect(prompt.includes(fence)).toBe(false);
    });

    it('says first that it is not an AI, and counts', async () => {
      const { text, finish } = await ask('😀a');
      expect(text.startsWith(NOT_AN_AI)).toBe(true);
      expect(text).toContain('**2** characters, about **2** tokens');
      expect(text).toContain('connect a model');
      expect(finish).toMatchObject({ reason: 'stop', model: 'guide', usage: { input_tokens: 2, estimated: true } });
    });

    it('answers the last message of the person', async () => {
      const messages = [
        { role: 'user' as const, content: 'first' },
        { role: 'assistant' as const, content: 'reply' },
        { role: 'user' as const, content: 'second' },
      ];
      const { text } = await collectAnswer(guide().stream({ messages }, never));
      expect(text).toContain('```text\nsecond\n```');
    });
  });

  it.each(['/help', 'help', ' Help\n', '?', '/', '/help me please'])('helps on %j', async (prompt) => {
    expect((await ask(prompt)).text).toBe(HELP);
  });

  describe('/setup', () => {
    const openai = { id: 'openai', name: 'OpenAI', kind: 'model' as const, healthy: true, problem: null, default_model: 'gpt-4o-mini' };
    const ollama = {
      name: 'Ollama',
      base_url: 'http://127.0.0.1:11434/v1',
      models: ['llama3.2'],
      connect: { id: 'ollama', wire: 'ollama' as const, base_url: 'http://127.0.0.1:11434' },
      setting: 'OLLAMA_HOST=http://127.0.0.1:11434',
    };

    it('tells how to begin where there is nothing', async () => {
      const { text } = await ask('/setup');
      expect(text).toContain('None is configured yet.');
      expect(text).toContain('OPENAI_API_KEY=');
      expect(text).toContain('**Settings → Providers**');
    });

    it('offers a server that was found, with the setting to copy', async () => {
      const { text } = await ask('/setup', guide(0, { ...nothing, discovered: [ollama] }));
      expect(text).toContain('- **Ollama** at `http://127.0.0.1:11434/v1`: `llama3.2`');
      expect(text).toContain('```sh\nOLLAMA_HOST=http://127.0.0.1:11434\n```');
    });

    it('says that all is well', async () => {
      const { text } = await ask('/setup', guide(0, { ...nothing, providers: [openai], default_model: 'openai/gpt-4o-mini' }));
      expect(text).toContain('- **OpenAI** (`openai`): ready, default model `gpt-4o-mini`');
      expect(text).toContain('`openai/gpt-4o-mini` answers');
    });

    it('says what is wrong with a provider', async () => {
      const broken = { ...openai, healthy: false, problem: 'OpenAI refused the key.' };
      const { text } = await ask('/setup', guide(0, { ...nothing, providers: [broken], discovered: [ollama] }));
      expect(text).toContain('not ready. OpenAI refused the key.');
      expect(text.split('### Next step')[1]).toContain('OpenAI refused the key. Then type `/setup` again.');
    });

    it('says so when the search is off', async () => {
      const model = new GuideModel({ overview: () => Promise.resolve(nothing), chunksPerSecond: 0, discoverLocal: false });
      expect((await ask('/setup', model)).text).toContain('`ECHO_DISCOVER_LOCAL`');
    });

    it('takes no Markdown from names that others gave', async () => {
      const evil = { ...ollama, name: '**x** [a](b)', models: ['`\n# y'] };
      const { text } = await ask('/setup', guide(0, { ...nothing, discovered: [evil] }));
      expect(text).toContain('- **\\*\\*x\\*\\* \\[a\\](b)** at');
      expect(text).not.toMatch(/^# y/m);
    });
  });

  describe('/demo', () => {
    it.each([
      ['markdown', /^# A heading/],
      ['code', /```ts/],
      ['table', /^\|[^\n]*\|\n\|:?--/],
      ['math', /\$\$/],
      ['', /Say which demonstration/],
      ['unknown', /\/demo long N/],
      ['error', /Say which error/],
      ['error nonsense', /\/demo error rate_limit/],
    ])('shows %j', async (topic, shown) => {
      const { text, finish, error } = await ask(`/demo ${topic}`);
      expect([error, finish?.reason]).toEqual([undefined, 'stop']);
      expect(text).toMatch(shown);
    });

    it.each([
      ['', 1_000],
      ['1', 1],
      ['0', 1],
      ['2500', 2_500],
      ['999999', 50_000],
      ['many', 1_000],
    ])('says %j words, one at a time', async (argument, words) => {
      const { text, parts } = await ask(`/demo long ${argument}`);
      expect([text.split(/\s+/).length, parts.length]).toEqual([words, words + 1]);
    });

    it.each(PROVIDER_ERROR_KINDS.filter((kind) => kind !== 'aborted'))('fails with %s after some text', async (kind) => {
      const { text, error, finish } = await ask(`/demo error ${kind}`);
      expect(text.length).toBeGreaterThan(10);
      expect([(error as { kind: ProviderErrorKind }).kind, finish]).toEqual([kind, undefined]);
    });

    it.each([
      ['rate-limit', 'rate_limit'],
      ['PROVIDER_RATE_LIMITED', 'rate_limit'],
    ])('knows the error %s as well', async (name, kind) => {
      expect((await ask(`/demo error ${name}`)).error).toMatchObject({ kind });
    });

    it('is a command only on the first line', async () => {
      expect((await ask('/demo table\nand more')).text).toContain('| Planet |');
      expect((await ask('say\n/demo table')).text).not.toContain('| Planet |');
    });

    it('waits ten seconds before a slow answer', async () => {
      jest.useFakeTimers({ doNotFake: ['setImmediate'] });
      const started = Date.now();
      const outcome = ask('/demo slow');
      await jest.runAllTimersAsync();
      expect((await outcome).text).toContain('ten seconds');
      expect(Date.now() - started).toBeGreaterThanOrEqual(10_000);
    });

    it.each(['/demo stall', '/demo slow', '/demo long 50000', 'much '.repeat(1_000)])('obeys a stop of %.20s at once', async (prompt) => {
      const abort = new AbortController();
      let stopped = 0;
      const answer = guide(60).stream({ messages: [{ role: 'user', content: prompt }] }, abort.signal);
      setTimeout(() => {
        stopped = performance.now();
        abort.abort();
      }, 50);
      const { error } = await collectAnswer(answer);
      expect(error).toMatchObject({ kind: 'aborted' });
      expect(performance.now() - stopped).toBeLessThan(50);
    });

    it('obeys a stop without pacing too', async () => {
      const abort = new AbortController();
      const answer = guide(0).stream({ messages: [{ role: 'user', content: '/demo long 50000' }] }, abort.signal);
      setImmediate(() => abort.abort());
      const { error, parts } = await collectAnswer(answer);
      expect(error).toMatchObject({ kind: 'aborted' });
      expect(parts.length).toBeLessThan(1_000);
    });
  });

  it('says the same words for the same prompt', async () => {
    const [first, second, other] = await Promise.all([ask('/demo long 50'), ask('/demo long 50'), ask('/demo long 51')]);
    expect(first.text).toBe(second.text);
    expect(other.text.startsWith(first.text)).toBe(false);
  });

  it('goes on from the beginning of an answer', async () => {
    const whole = (await ask('/demo long 50')).text;
    const messages = [
      { role: 'user' as const, content: '/demo long 50' },
      { role: 'assistant' as const, content: whole.slice(0, 100) },
    ];
    expect((await collectAnswer<ModelPart>(guide().stream({ messages }, never))).text).toBe(whole.slice(100));
  });

  it('keeps its pace', async () => {
    const started = performance.now();
    await ask('/demo long 100', guide(500));
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(100);
    expect(took).toBeLessThan(1_000);
  });
});
