import { AppLogger } from './app-logger';
import { type LogSettings } from './log-settings';

const RUN = '019a0000-0000-7000-8000-000000000001';

/** What a logger wrote, as text and as the objects that its lines are. */
function recorded(settings: LogSettings): { logger: AppLogger; text: () => string; lines: () => Record<string, unknown>[] } {
  let text = '';
  const out = { write: (chunk: string): boolean => ((text += chunk), true) };
  return {
    logger: new AppLogger(settings, out, out),
    text: () => text,
    lines: () =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('the log as JSON', () => {
  it('is one object in a line, with level, time, words and who says them', () => {
    const { logger, lines } = recorded({ format: 'json', level: 'info' });
    logger.log('The first\nof two', 'RunKeeper');
    logger.warn('The second', 'Database');
    expect(lines()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), context: 'RunKeeper', msg: 'The first\nof two' },
      { level: 'warn', time: expect.any(String), context: 'Database', msg: 'The second' },
    ]);
  });

  it('names the run that a line is about, and the replica once it is known', () => {
    const { logger, lines } = recorded({ format: 'json', level: 'warn' });
    logger.nameReplica('one');
    logger.warn(`Run ${RUN} was left open and is closed now`, 'RunKeeper');
    expect(lines()[0]).toMatchObject({ run_id: RUN, replica_id: 'one' });
  });

  it('leaves out what is below its level', () => {
    const { logger, text } = recorded({ format: 'json', level: 'warn' });
    logger.log('no');
    logger.debug('no');
    logger.verbose('no');
    expect(text()).toBe('');
  });

  it('takes errors in each of the ways in which Nest gives them', () => {
    const { logger, lines } = recorded({ format: 'json', level: 'error' });
    const error = new TypeError('away');
    logger.error('It failed', error, 'Runner');
    logger.error('It failed', error.stack, 'Runner');
    logger.error(error, 'Runner');
    for (const line of lines()) {
      expect(line).toMatchObject({
        context: 'Runner',
        err: { message: expect.stringContaining('away'), stack: expect.stringMatching(/^ +at /) },
      });
    }
  });

  it('tells of an error of the database neither statement, nor parameters, nor the value it complains about', () => {
    const { logger, text, lines } = recorded({ format: 'json', level: 'error' });
    const cause = Object.assign(new Error('invalid input syntax for type json: "my secret"'), { code: '22P02', detail: 'Token "secret"' });
    logger.error('It failed', Object.assign(new Error('wrapped', { cause }), { query: 'select secret', parameters: ['secret'] }));
    expect(text()).not.toContain('secret');
    expect(lines()[0]).toMatchObject({ err: { message: 'wrapped', cause: { type: 'Error', code: '22P02' } } });
  });

  it('tells of JSON that could not be read no word', () => {
    const { logger, text } = recorded({ format: 'json', level: 'error' });
    try {
      JSON.parse('a secret');
    } catch (error) {
      logger.error('It failed', error);
    }
    expect(text()).toContain('SyntaxError');
    expect(text()).not.toContain('secret');
  });

  it('never shows an object that somebody logs', () => {
    const { logger, text } = recorded({ format: 'json', level: 'info' });
    logger.log({ prompt: 'secret' }, 'Somebody');
    expect(text()).not.toContain('secret');
  });
});

describe('the log as text', () => {
  it('is a line that people read, with the error below it', () => {
    const { logger, text } = recorded({ format: 'text', level: 'info' });
    logger.tell('info', 'The answer ended', { run_id: RUN, seconds: 1.5 }, 'Runs');
    logger.error('It failed', new RangeError('too far', { cause: new Error('why') }), 'Runner');
    const [first, second, third] = text().split('\n');
    expect(first).toMatch(new RegExp(`^\\S+Z INFO \\[Runs\\] The answer ended run_id=${RUN} seconds=1.5$`));
    expect(second).toMatch(/ERROR \[Runner\] It failed$/);
    expect(third).toBe('RangeError: too far');
    expect(text()).toMatch(/\n +at .*[^]*caused by Error: why/);
  });
});
