import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { GatherWindow } from './gather-window.mjs';
import { RelayedAnswer } from './relayed-answer.mjs';

const provided = (value) => `data: ${JSON.stringify(value)}\n\n`;
const said = (content) => provided({ choices: [{ delta: { content }, finish_reason: null }] });

describe('the relay', () => {
  it('says what the provider says, on the wire of the application, wherever its bytes are cut', () => {
    const wire =
      said('') +
      said('Hello') +
      said(' "there"') +
      provided({ choices: [{ delta: {}, finish_reason: 'stop' }] }) +
      provided({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 2 } }) +
      'data: [DONE]\n\n';
    const answer = new RelayedAnswer();
    let written = answer.start({ run_id: 'r' });
    for (const character of wire) {
      answer.feed(character);
      if (answer.hasText) written += answer.takeText();
    }
    assert.equal(answer.isOver, true);
    written += answer.end({ conversation_id: 7 });
    assert.deepEqual(written.split('\n\n'), [
      'id: 1\ndata: {"type":"start","run_id":"r","provider":"bench","model":"bench"}',
      'id: 2\ndata: {"chunk":"Hello","type":"content"}',
      'id: 3\ndata: {"chunk":" \\"there\\"","type":"content"}',
      'id: 4\ndata: {"type":"done","finish_reason":"stop","usage":{"input_tokens":9,"output_tokens":2},"conversation_id":7}',
      '',
    ]);
  });

  it('gathers text that comes together into one event, and ends with what is left', () => {
    const answer = new RelayedAnswer();
    answer.feed(said('a') + said('b'));
    assert.equal(answer.takeText(), 'id: 1\ndata: {"chunk":"ab","type":"content"}\n\n');
    answer.feed(said('c'));
    assert.match(answer.end({}), /^id: 2\ndata: {"chunk":"c","type":"content"}\n\nid: 3\ndata: {"type":"done"/);
    assert.equal(answer.hasText, false);
  });

  it('passes the first text on at once, and then what comes within 25 ms together', (context) => {
    mock.timers.enable({ apis: ['setTimeout', 'setImmediate'] });
    context.after(() => mock.timers.reset());
    let time = 1_000;
    const flushes = [];
    const gathering = new GatherWindow(
      () => flushes.push(time),
      () => time,
    );
    const pass = (ms) => {
      time += ms;
      mock.timers.tick(ms);
    };
    gathering.wake();
    gathering.wake();
    pass(0);
    assert.deepEqual(flushes, [1_000]);
    pass(10);
    gathering.wake();
    gathering.wake();
    pass(14);
    assert.deepEqual(flushes, [1_000]);
    pass(1);
    assert.deepEqual(flushes, [1_000, 1_025]);
    pass(100);
    gathering.wake();
    pass(0);
    assert.deepEqual(flushes, [1_000, 1_025, 1_125]);
  });
});
