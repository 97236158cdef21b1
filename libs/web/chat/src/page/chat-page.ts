import { Component, computed, effect, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { ChatSession } from '@echo/web-chat-client';
import { Icon } from '../icon/icon';
import { ConversationDirectory } from '../list/conversation-directory';
import { ConnectDialog } from '../models/connect-dialog';
import { ModelCatalog } from '../models/model-catalog';
import { ConversationSettings } from '../settings/conversation-settings';
import { PartMissing } from '../status/part-missing';
import { MessageList } from '../transcript/message-list';
import { PlainTranscript } from '../transcript/plain-transcript';
import { Welcome } from '../welcome/welcome';
import { ChatCommands } from './chat-commands';
import { ComposerFocus } from './composer-focus';
import { ConversationAddress } from './conversation-address';
import { ConversationWatch } from './conversation-watch';
import { Dock } from './dock';
import { Drawer } from './drawer';
import { PageView } from './page-view';
import { PageKeyboard, type PageKeys } from './page-keyboard';
import { keepPromptLimit } from './prompt-limit';
import { Sidebar } from './sidebar';
import { ShortcutsDialog } from './shortcuts-dialog';

/** The page of EchoV2: the conversations beside the one that is open, or a new one. */
@Component({
  selector: 'echo-chat-page',
  imports: [
    ConnectDialog,
    ConversationSettings,
    Dock,
    Icon,
    MessageList,
    PartMissing,
    PlainTranscript,
    RouterLink,
    ShortcutsDialog,
    Sidebar,
    Welcome,
  ],
  providers: [
    ChatCommands,
    ChatSession,
    ComposerFocus,
    ConversationAddress,
    ConversationDirectory,
    ConversationWatch,
    Drawer,
    ModelCatalog,
    PageView,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
  host: { '(document:keydown)': 'press($event)' },
})
export class ChatPage {
  private readonly keyboard = inject(PageKeyboard);
  private readonly router = inject(Router);
  protected readonly session = inject(ChatSession);
  protected readonly directory = inject(ConversationDirectory);
  protected readonly models = inject(ModelCatalog);
  protected readonly commands = inject(ChatCommands);
  protected readonly view = inject(PageView);
  protected readonly drawer = inject(Drawer);
  private readonly composer = inject(ComposerFocus);
  private readonly address = inject(ConversationAddress);
  // By its name in the template: naming the class here would load it with the page.
  protected readonly messageList = viewChild<MessageList>('messageList');
  private readonly sidebar = viewChild.required(Sidebar);

  /** The conversation's number as the address has it; undefined for a new chat. */
  readonly id = input<string>();

  /** `?debug` in the address: shows what happens on the connections, also after the address has changed. */
  readonly debug = input<string>();

  protected readonly isDebugging = linkedSignal<string | undefined, boolean>({
    source: this.debug,
    computation: (debug, before) => debug !== undefined || (before?.value ?? false),
  });
  protected readonly dialog = signal<'shortcuts' | 'connect' | 'settings' | undefined>(undefined);
  /** Whether a limit of the person asks for patience before the next message. */
  protected readonly isHeld = signal(false);
  /** What a limit refused, in words that follow the clock. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly addressedId = computed(() => (this.id() === undefined ? undefined : Number(this.id())));

  private readonly keys: PageKeys = {
    'new-chat': () => void this.newChat(),
    search: () => {
      if (this.sidebar().isDrawer()) this.drawer.open();
      this.sidebar().focusSearch();
    },
    'focus-composer': () => {
      this.drawer.close();
      this.composer.focus();
    },
    list: () => this.dialog.set('shortcuts'),
    /** Closes the drawer. Elsewhere than in the list it stops the answer. */
    escape: (target) => {
      if (this.drawer.isOpen()) return this.drawer.goBack();
      if ((target instanceof Element && target.closest('echo-sidebar') !== null) || !this.view.isBusy()) return;
      this.commands.stop();
      this.composer.focus();
    },
  };

  constructor() {
    inject(ConversationWatch);
    this.address.keep(this.addressedId);
    effect(() => this.models.attend(this.session.conversationId(), this.session.conversation()));
    void this.directory.loadAgain();
    void this.models.load();
    void keepPromptLimit();
  }

  protected async newChat(): Promise<void> {
    this.drawer.close();
    // At `/` already there is nothing to navigate to, but a message may be on its way.
    if (this.addressedId() === undefined && this.session.messages().length > 0) this.address.open(undefined);
    await this.router.navigate(['/']);
    this.composer.focus();
  }

  protected leave(deletedId: number): void {
    if (deletedId === this.session.conversationId()) void this.newChat();
  }

  /** A new chat that was set up has become a conversation. */
  protected takeSettings(id: number): void {
    if (id === this.session.conversationId()) return void this.session.open(id);
    this.address.settle(id);
  }

  protected reload(): void {
    this.session.clearError();
    this.address.open(this.addressedId());
  }

  protected focusComposer(event: Event): void {
    event.preventDefault();
    this.composer.focus();
  }

  protected press(event: KeyboardEvent): void {
    this.keyboard.press(event, this.keys);
  }
}
