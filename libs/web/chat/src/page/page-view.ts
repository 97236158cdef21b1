import { Injectable, computed, effect, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { ChatSession } from '@echo/web-chat-client';
import { ConversationDirectory } from '../list/conversation-directory';
import { ModelCatalog } from '../models/model-catalog';
import { ChatCommands } from './chat-commands';
import { PageSight } from './page-sight';

/** Before the title of a tab that nobody sees, while it has an answer that nobody has seen. */
const UNREAD_MARK = '● ';

/** What the page shows of the open conversation, or of a new one, and the title of its tab. Provided by the page. */
@Injectable()
export class PageView {
  private readonly session = inject(ChatSession);
  private readonly models = inject(ModelCatalog);
  private readonly directory = inject(ConversationDirectory);
  private readonly commands = inject(ChatCommands);

  readonly isBusy = computed(() => this.session.isLoading() || this.session.isStreaming());
  readonly title = computed(() => {
    if (this.session.openError() !== undefined) return 'Not opened';
    const id = this.session.conversationId();
    // The list has the newer title after a rename.
    const listed = this.directory.conversations().find((conversation) => conversation.id === id);
    return id === undefined ? undefined : (listed ?? this.session.conversation())?.title;
  });
  /** A new chat whose first message is on its way, a conversation that is not there: nothing to set up yet. */
  readonly isUnsettled = computed(() =>
    this.session.conversationId() === undefined ? this.isBusy() : this.session.openError() !== undefined,
  );
  readonly isSetUp = computed(() => {
    const conversation = this.session.conversation();
    return conversation !== undefined && (conversation.system_prompt !== null || conversation.temperature !== null);
  });
  /** Whether the last message itself says what went wrong. */
  readonly isToldInPlace = computed(() => {
    const last = this.session.messages().at(-1);
    // What befell a later try is not what ended the answer.
    return last?.state === 'unsent' || (last?.error != null && last.error.code === this.session.error()?.code);
  });
  /** There is nothing to write to, and nothing was written. */
  readonly isNowhere = computed(() => this.session.openError()?.code === 'conversation_not_found' && this.commands.draft() === '');
  /** The last answer was completed while this page was there. */
  readonly isDone = computed(() => {
    const last = this.session.messages().at(-1);
    return last?.state === 'completed' && last.finishedAt !== undefined;
  });
  readonly isTranscript = computed(() => this.session.openError() === undefined && this.session.messages().length > 0);
  /** Nothing is shown and nothing on its way: who comes in is welcomed, once it is known by whom. */
  readonly isWelcome = computed(() => {
    const { openError, messages, isOpening } = this.session;
    if (openError() !== undefined || messages().length > 0 || isOpening()) return false;
    return !this.models.isLoading() || this.models.providers() !== undefined;
  });

  constructor() {
    const [title, sight] = [inject(Title), inject(PageSight)];
    effect(() => {
      const mark = !sight.isVisible() && this.session.conversation()?.unread ? UNREAD_MARK : '';
      title.setTitle(!this.title() ? 'EchoV2' : `${mark}${this.title()} · EchoV2`);
    });
  }
}
