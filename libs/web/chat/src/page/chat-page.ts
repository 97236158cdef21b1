import {
  Component,
  DOCUMENT,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ChatSession } from '@echo/web-chat-client';
import { AllowanceLine } from '../composer/allowance-line';
import { Composer } from '../composer/composer';
import { StreamingSwitch } from '../composer/streaming-switch';
import { DebugPanel } from '../debug/debug-panel';
import { Icon } from '../icon/icon';
import { ConversationDirectory } from '../list/conversation-directory';
import { ConnectDialog } from '../models/connect-dialog';
import { ModelCatalog } from '../models/model-catalog';
import { GUIDE_NOTE } from '../models/model-groups';
import { ModelPicker } from '../models/model-picker';
import { ConversationSettings } from '../settings/conversation-settings';
import { ErrorBar } from '../status/error-bar';
import { PartMissing } from '../status/part-missing';
import { StatusLine } from '../status/status-line';
import { MessageList } from '../transcript/message-list';
import { PlainTranscript } from '../transcript/plain-transcript';
import { type Regeneration } from '../transcript/regeneration';
import { Welcome } from '../welcome/welcome';
import { ChatCommands } from './chat-commands';
import { ConversationWatch } from './conversation-watch';
import { PageView } from './page-view';
import { keepPromptLimit } from './prompt-limit';
import { Sidebar } from './sidebar';
import { isTypingIn, shortcutOf } from './shortcuts';
import { ShortcutsDialog } from './shortcuts-dialog';

/** The page of EchoV2: the conversations beside the one that is open, or a new one. */
@Component({
  selector: 'echo-chat-page',
  imports: [
    AllowanceLine,
    Composer,
    ConnectDialog,
    ConversationSettings,
    DebugPanel,
    ErrorBar,
    Icon,
    MessageList,
    ModelPicker,
    PartMissing,
    PlainTranscript,
    RouterLink,
    ShortcutsDialog,
    Sidebar,
    StatusLine,
    StreamingSwitch,
    Welcome,
  ],
  providers: [ChatCommands, ChatSession, ConversationDirectory, ConversationWatch, ModelCatalog, PageView],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
  host: { '(document:keydown)': 'press($event)' },
})
export class ChatPage {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  protected readonly session = inject(ChatSession);
  protected readonly directory = inject(ConversationDirectory);
  protected readonly models = inject(ModelCatalog);
  protected readonly commands = inject(ChatCommands);
  protected readonly view = inject(PageView);
  private readonly composer = viewChild.required(Composer);
  // By its name in the template: naming the class here would load it with the page.
  private readonly messageList = viewChild<MessageList>('messageList');
  private readonly sidebar = viewChild.required(Sidebar);

  /** The conversation's number as the address has it; undefined for a new chat. */
  readonly id = input<string>();

  /** `?debug` in the address: shows what happens on the connections, also after the address has changed. */
  readonly debug = input<string>();

  protected readonly isDebugging = linkedSignal<string | undefined, boolean>({
    source: this.debug,
    computation: (debug, before) => debug !== undefined || (before?.value ?? false),
  });
  protected readonly guideWords = `Guide: ${GUIDE_NOTE}`;
  protected readonly isDrawerOpen = signal(false);
  protected readonly dialog = signal<'shortcuts' | 'connect' | 'settings' | undefined>(undefined);
  /** What the status line says to those who do not see it. */
  protected readonly spoken = signal('');
  /** Whether a limit of the person asks for patience before the next message. */
  protected readonly isHeld = signal(false);
  /** What a limit refused, in words that follow the clock. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly addressedId = computed(() => (this.id() === undefined ? undefined : Number(this.id())));

  constructor() {
    inject(ConversationWatch);
    effect(() => {
      const id = this.addressedId();
      untracked(() => this.show(id));
    });
    effect(() => {
      const id = this.session.conversationId();
      untracked(() => this.settle(id));
    });
    effect(() => this.models.attend(this.session.conversation()));
    void this.directory.loadAgain();
    void this.models.load();
    void keepPromptLimit();
  }

  protected async newChat(): Promise<void> {
    this.isDrawerOpen.set(false);
    // At `/` already there is nothing to navigate to, but a message may be on its way.
    if (this.addressedId() === undefined && this.session.messages().length > 0) this.open(undefined);
    await this.router.navigate(['/']);
    this.composer().focus();
  }

  protected leave(deletedId: number): void {
    if (deletedId === this.session.conversationId()) void this.newChat();
  }

  protected begin(prompt: string): void {
    this.commands.write(prompt);
    this.composer().focus();
  }

  protected takeBack(text: string): void {
    this.commands.takeBack(text);
    this.composer().focus();
  }

  protected regenerate(regeneration: Regeneration): void {
    void this.commands.regenerate(regeneration);
    this.focusIfHovering();
  }

  protected goOn(messageId: number): void {
    void this.commands.goOn(messageId);
    this.focusIfHovering();
  }

  protected editLast(): void {
    this.messageList()?.editLast();
  }

  /** A new chat that was set up has become a conversation. */
  protected takeSettings(id: number): void {
    if (id === this.session.conversationId()) return void this.session.open(id);
    this.settleAt(id);
  }

  protected reload(): void {
    this.session.clearError();
    this.open(this.addressedId());
  }

  protected openDrawer(): void {
    this.isDrawerOpen.set(true);
  }

  protected closeDrawer(): void {
    if (!this.isDrawerOpen()) return;
    this.isDrawerOpen.set(false);
    // Until the next render the page behind the drawer is inert and takes no focus.
    afterNextRender({ write: () => this.document.querySelector<HTMLElement>('#open-list')?.focus() }, { injector: this.injector });
  }

  protected focusComposer(event: Event): void {
    event.preventDefault();
    this.composer().focus();
  }

  protected press(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.shiftKey) return this.escape(event);
    const shortcut = shortcutOf(event, isTypingIn(event.target));
    if (shortcut === undefined) return;
    event.preventDefault();
    if (this.document.querySelector('dialog[open]') !== null) return;
    switch (shortcut) {
      case 'new-chat':
        return void this.newChat();
      case 'search':
        this.isDrawerOpen.set(this.sidebar().isDrawer());
        return this.sidebar().focusSearch();
      case 'focus-composer':
        this.isDrawerOpen.set(false);
        return this.composer().focus();
      case 'list':
        return this.dialog.set('shortcuts');
    }
  }

  /** Escape closes what is open on top: a menu or dialog by itself, then the drawer. Elsewhere than in the list it stops the answer. */
  private escape({ target, defaultPrevented, isComposing }: KeyboardEvent): void {
    if (defaultPrevented || isComposing || this.document.querySelector('dialog[open], :popover-open') !== null) return;
    if (this.isDrawerOpen()) return this.closeDrawer();
    if ((target instanceof Element && target.closest('echo-sidebar') !== null) || !this.view.isBusy()) return;
    this.commands.stop();
    this.composer().focus();
  }

  /** The address names a conversation: opens it, unless it is open because it has just begun here. */
  private show(id: number | undefined): void {
    if (id === undefined || id !== this.session.conversationId()) this.open(id);
  }

  private open(id: number | undefined): void {
    this.commands.restoreDraft(id);
    void this.session.open(id);
    this.focusIfHovering();
  }

  /** Where one can write next, as what had the focus is going; not where it would bring a keyboard up over the page. */
  private focusIfHovering(): void {
    if (this.document.defaultView?.matchMedia?.('(hover: hover)').matches) queueMicrotask(() => this.composer().focus());
  }

  /** A new chat has begun: its address follows, and the page stays. */
  private settle(id: number | undefined): void {
    if (id !== undefined && this.addressedId() === undefined) this.settleAt(id);
  }

  private settleAt(id: number): void {
    this.models.settle(id);
    this.commands.moveDraft(id);
    void this.router.navigate(['/c', id], { replaceUrl: true });
    void this.directory.refresh();
  }
}
