import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ApiProblem, ChatSession, Drafts } from '@echo/web-chat-client';
import { ModelCatalog } from '../models/model-catalog';
import { ChatCommands } from './chat-commands';
import { ComposerFocus } from './composer-focus';

describe('ChatCommands', () => {
  let commands: ChatCommands;
  let drafts: Drafts;
  const session = {
    sendMessage: jest.fn(),
    sendStreamingMessage: jest.fn(),
    dismissUnsent: jest.fn(),
    regenerate: jest.fn(),
    continueAnswer: jest.fn(),
    editMessage: jest.fn(),
    retry: jest.fn(),
    stop: jest.fn(),
    clearError: jest.fn(),
  };

  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
    session.regenerate.mockReset();
    session.sendStreamingMessage.mockResolvedValue(7);
    session.sendMessage.mockResolvedValue(7);
    TestBed.configureTestingModule({
      providers: [
        ChatCommands,
        ComposerFocus,
        { provide: ChatSession, useValue: session },
        { provide: ModelCatalog, useValue: { choice: signal('router/meta/llama') } },
      ],
    });
    commands = TestBed.inject(ChatCommands);
    drafts = TestBed.inject(Drafts);
  });

  it('sends to the chosen model, streamed unless the switch is off', async () => {
    await commands.send('one');
    expect(session.sendStreamingMessage.mock.calls).toEqual([['one', 'meta/llama', 'router']]);
    commands.wantStreaming(false);
    await commands.send('two');
    expect(session.sendMessage.mock.calls).toEqual([['two', 'meta/llama', 'router']]);
  });

  it('goes on with an answer by the model that began it, whichever is chosen', async () => {
    await commands.goOn(4);
    expect(session.continueAnswer.mock.calls).toEqual([[4]]);
  });

  it('asks for another answer by the chosen model, or by the one that is named, which stays the choice of nobody', async () => {
    await commands.regenerate({ messageId: 4 });
    await commands.regenerate({ messageId: 4, choice: 'lab/a/b' });
    expect(session.regenerate.mock.calls).toEqual([
      [4, 'meta/llama', 'router'],
      [4, 'a/b', 'lab'],
    ]);
  });

  it('remembers the switch', () => {
    commands.wantStreaming(false);
    expect(localStorage.getItem('echo.streaming')).toBe('off');
  });

  it('keeps the draft until the server has the text', async () => {
    let accept: (id: number) => void = () => undefined;
    session.sendStreamingMessage.mockImplementation(() => new Promise((resolve) => (accept = resolve)));
    commands.restoreDraft(3);
    commands.write('');
    const sending = commands.send('precious');
    expect(drafts.read(3)).toBe('precious');
    accept(3);
    await sending;
    expect(drafts.read(3)).toBe('');
  });

  it('keeps the draft when the server did not accept, and leaves the words to the session', async () => {
    session.sendStreamingMessage.mockRejectedValue(new ApiProblem('Not now.', 503, 'storage_unavailable'));
    await commands.send('precious');
    expect(drafts.read(undefined)).toBe('precious');
  });

  it('does not lose what is written while an answer is under way', async () => {
    const sending = commands.send('first');
    commands.write('second, not sent');
    await sending;
    expect(drafts.read(undefined)).toBe('second, not sent');
    commands.moveDraft(7);
    expect([drafts.read(7), drafts.read(undefined), commands.draft()]).toEqual(['second, not sent', '', 'second, not sent']);
  });

  it.each([
    ['sends it again', () => commands.retry()],
    ['asks for another answer', () => commands.regenerate({ messageId: 4 })],
    ['goes on with an answer', () => commands.goOn(4)],
    ['changes a message', () => commands.edit({ messageId: 4, text: 'Better' })],
    ['asks what is suggested', () => commands.ask('/setup')],
    ['gives an answer up', () => commands.giveUp()],
    ['dismisses an error', () => commands.dismissError()],
  ])('leads on into the composer who %s: what was pressed goes', async (_what, act) => {
    const entered = jest.fn();
    TestBed.inject(ComposerFocus).leadTo(entered);
    const hovers = jest.fn().mockReturnValue({ matches: true });
    Object.assign(window, { matchMedia: hovers });
    await Promise.resolve(act());
    await Promise.resolve();
    expect(entered).toHaveBeenCalledTimes(1);
    // A keyboard that comes up over the page is not what was asked for.
    hovers.mockReturnValue({ matches: false });
    const log = document.body.appendChild(document.createElement('div'));
    log.setAttribute('role', 'log');
    log.tabIndex = 0;
    await Promise.resolve(act());
    await Promise.resolve();
    expect(entered).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(log);
    log.remove();
    Reflect.deleteProperty(window, 'matchMedia');
  });

  it('puts an unsent message back before what is written, and leads there', () => {
    const entered = jest.fn();
    TestBed.inject(ComposerFocus).leadTo(entered);
    commands.write('later');
    commands.takeBack('earlier');
    expect(commands.draft()).toBe('earlier\n\nlater');
    expect(session.dismissUnsent).toHaveBeenCalledTimes(1);
    expect(entered).toHaveBeenCalledTimes(1);
  });
});
