import {
  Component,
  type ElementRef,
  Injector,
  ViewEncapsulation,
  afterNextRender,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink, RouterOutlet } from '@angular/router';
import { CurrentSession } from '@echo/web-chat-client';

interface Destination {
  readonly path: string;
  readonly name: string;
}

const USAGE: Destination = { path: 'usage', name: 'Usage' };
const OWN: readonly Destination[] = [{ path: 'account', name: 'Account' }, { path: 'keys', name: 'API keys' }, USAGE];
const OF_ACCOUNTS: readonly Destination[] = [
  { path: 'users', name: 'Users' },
  { path: 'invitations', name: 'Invitations' },
];
const OF_MODELS: readonly Destination[] = [
  { path: 'providers', name: 'Providers' },
  { path: 'models', name: 'Models' },
];
const AUDIT: Destination = { path: 'audit', name: 'Audit log' };

/** What all pages of the settings share: the way back, the way from one to the other, and their look (`settings-pages.css` and `settings-forms.css`, for whatever is shown inside). */
@Component({
  selector: 'echo-settings-frame',
  imports: [RouterLink, RouterOutlet],
  templateUrl: './settings-frame.html',
  styleUrls: ['./settings-frame.css', './settings-pages.css', './settings-forms.css'],
  encapsulation: ViewEncapsulation.None,
})
export class SettingsFrame {
  private readonly session = inject(CurrentSession);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  private readonly nav = viewChild.required<ElementRef<HTMLElement>>('nav');
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private isMoving = false;

  /** The address of the page that is open. `RouterLinkActive` would know it, too, and weigh on the chat's first load. */
  protected readonly here = signal('');
  protected readonly groups = computed(() => {
    const accounts = this.session.hasAccounts();
    const administration = accounts ? [...OF_ACCOUNTS, ...OF_MODELS, AUDIT] : [...OF_MODELS, USAGE];
    return [
      { id: 'nav-own', title: 'You', destinations: accounts ? OWN : [] },
      { id: 'nav-administration', title: 'Administration', destinations: this.session.isAdministrator() ? administration : [] },
    ].filter(({ destinations }) => destinations.length > 0);
  });

  /** Whether the page that is open is this one, or one below it. */
  protected currentOf(path: string): 'page' | 'true' | null {
    const address = `/settings/${path}`;
    if (this.here() === address) return 'page';
    return this.here().startsWith(`${address}/`) ? 'true' : null;
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  /** From one page of the settings to another the focus goes along; the page that was opened first leaves it where it is. */
  protected arrive(): void {
    const main = this.main().nativeElement;
    this.here.set(this.router.url.split(/[?#]/)[0] ?? '');
    main.scrollTop = 0;
    if (this.isMoving) main.focus({ preventScroll: true });
    this.isMoving = true;
    // On narrow screens the ways stand in a row that scrolls.
    afterNextRender(
      { write: () => this.nav().nativeElement.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'center' }) },
      { injector: this.injector },
    );
  }
}
