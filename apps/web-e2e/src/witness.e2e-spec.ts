import { ApiDescription, ApiWitness, builtDescription } from '@echo/testing';
import { describeInBrowser } from './support/chromium';
import { heldAnswer } from './support/held-answer';
import { TestWeb } from './support/test-web';

/** Milliseconds that an answer may take to be received to its end: what is shown does not wait for it. */
const PATIENCE_MS = 10_000;

describeInBrowser('what the page receives', () => {
  let web: TestWeb;
  let witness: ApiWitness;

  beforeAll(async () => {
    web = await TestWeb.start();
  });
  afterAll(() => web.stop());
  beforeEach(() => {
    const document = structuredClone(builtDescription().document);
    document.components.schemas.ModelList.properties.models.type = 'string';
    document.components.schemas.ContentEvent.properties.chunk.type = 'integer';
    const mistaken = new ApiDescription(document);
    witness = ApiWitness.start(() => mistaken);
  });
  afterEach(() => {
    witness.stop();
    return web.endWalk();
  });

  const faults = (): string => {
    try {
      return `none in ${witness.check().length}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  const finds = async (pattern: RegExp): Promise<void> => {
    let said = faults();
    for (const since = performance.now(); !pattern.test(said) && performance.now() - since < PATIENCE_MS; said += `\n${faults()}`)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said).toMatch(pattern);
  };

  it('is held against the description: answers, and the events of a stream that is under way', async () => {
    const tab = await web.open();
    await finds(/^the answer 200 to GET \/api\/models is not as described: data\/models must be string/m);
    web.provider.enqueue(heldAnswer(['Hello']));
    await tab.say('Hi');
    await tab.reads('Hello');
    await finds(/^an event of POST \/api\/chat is not as described: [^]*"Hello"/m);
    await tab.page.close();
    const beside = await web.openBeside(tab, '/');
    await beside.listed(/Hi/).click();
    await beside.reads('Hello');
    await finds(/^an event of GET \/api\/runs\/[\w-]+\/events is not as described/m);
    (await web.question()).release();
    await beside.isAtRest();
  });
});
