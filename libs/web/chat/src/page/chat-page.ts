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
  viewChild,
} from '@angular/core';
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
import { type Regeneration } from '../transcript/regeneration';
import { Welcome } from '../welcome/welcome';
import { ChatCommands } from './chat-commands';
import { ConversationAddress } from './conversation-address';
import { ConversationWatch } from './conversation-watch';
import { Dock } from './dock';
import { PageView } from './page-view';
import { type PageKeys, pressKey } from './press-key';
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
  providers: [ChatCommands, ChatSession, ConversationAddress, ConversationDirectory, ConversationWatch, ModelCatalog, PageView],
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
  private readonly address = inject(ConversationAddress);
  private readonly dock = viewChild.required(Dock);
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
  protected readonly isDrawerOpen = signal(false);
  protected readonly dialog = signal<'shortcuts' | 'connect' | 'settings' | undefined>(undefined);
  /** Whether a limit of the person asks for patience before the next message. */
  protected readonly isHeld = signal(false);
  /** What a limit refused, in words that follow the clock. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly addressedId = computed(() => (this.id() === undefined ? undefined : Number(this.id())));

  private readonly keys: PageKeys = {
    'new-chat': () => void this.newChat(),
    search: () => {
      this.isDrawerOpen.set(this.sidebar().isDrawer());
      this.sidebar().focusSearch();
    },
    'focus-composer': () => {
      this.isDrawerOpen.set(false);
      this.dock().focus();
    },
    list: () => this.dialog.set('shortcuts'),
    /** Closes the drawer. Elsewhere than in the list it stops the answer. */
    escape: (target) => {
      if (this.isDrawerOpen()) return this.closeDrawer();
      if ((target instanceof Element && target.closest('echo-sidebar') !== null) || !this.view.isBusy()) return;
      this.commands.stop();
      this.dock().focus();
    },
  };

  constructor() {
    inject(ConversationWatch);
    this.address.keep(this.addressedId, () => this.focusIfHovering());
    effect(() => this.models.attend(this.session.conversationId(), this.session.conversation()));
    void this.directory.loadAgain();
    void this.models.load();
    void keepPromptLimit();
  }

  protected async newChat(): Promise<void> {
    this.isDrawerOpen.set(false);
    // At `/` already there is nothing to navigate to, but a message may be on its way.
    if (this.addressedId() === undefined && this.session.messages().length > 0) this.address.open(undefined, () => this.focusIfHovering());
    await this.router.navigate(['/']);
    this.dock().focus();
  }

  protected leave(deletedId: number): void {
    if (deletedId === this.session.conversationId()) void this.newChat();
  }

  protected begin(prompt: string): void {
    this.commands.write(prompt);
    this.dock().focus();
  }

  protected takeBack(text: string): void {
    this.commands.takeBack(text);
    this.dock().focus();
  }

  protected regenerate(regeneration: Regeneration): void {
    void this.commands.regenerate(regeneration);
    this.focusIfHovering();
  }

  protected goOn(messageId: number): void {
    void this.commands.goOn(messageId);
    this.focusIfHovering();
  }

  /** A new chat that was set up has become a conversation. */
  protected takeSettings(id: number): void {
    if (id === this.session.conversationId()) return void this.session.open(id);
    this.address.settle(id);
  }

  protected reload(): void {
    this.session.clearError();
    this.address.open(this.addressedId(), () => this.focusIfHovering());
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
    this.dock().focus();
  }

  protected press(event: KeyboardEvent): void {
    pressKey(event, this.document, this.keys);
  }

  /** Where one can write next, as what had the focus is going; not where it would bring a keyboard up over the page. */
  private focusIfHovering(): void {
    if (this.document.defaultView?.matchMedia?.('(hover: hover)').matches) queueMicrotask(() => this.dock().focus());
  }
}
