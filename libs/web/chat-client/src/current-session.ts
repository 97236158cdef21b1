import { computed, DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import {
  type AcceptInvitationRequest,
  type CurrentUser,
  type SessionState,
  type SetupRequest,
  type SignInRequest,
  type SignOutResponse,
  type SignUpRequest,
} from '@echo/contract';
import { ApiClient } from './api-client';
import { LOCAL_NAME } from './local-name';
import { removeLocalTraces } from './local-traces';
import { LEAVE_PAGE, SessionGate } from './session-gate';
import { TabChannel } from './tab-channel';

/** Who is signed in, in all tabs of this browser, and the ways in and out. Everything rejects with `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class CurrentSession {
  readonly #api = inject(ApiClient);
  readonly #gate = inject(SessionGate);
  readonly #tabs = inject(TabChannel);
  readonly #view = inject(DOCUMENT).defaultView;
  readonly #leave = inject(LEAVE_PAGE);
  readonly #localName = inject(LOCAL_NAME);
  readonly #state = signal<SessionState | undefined>(undefined);
  #loading: Promise<SessionState> | undefined;

  /** As the server told; undefined until it did. */
  readonly state = this.#state.asReadonly();
  readonly user = computed(() => this.#state()?.user ?? null);
  readonly hasAccounts = computed(() => this.#state()?.auth === 'accounts');
  /** Where there are no accounts, whoever is there administers. */
  readonly isAdministrator = computed(() => !this.hasAccounts() || this.user()?.role === 'administrator');

  constructor() {
    const hearing = this.#tabs.heard.subscribe((news) => news.kind === 'session' && this.#hear(news.user));
    inject(DestroyRef).onDestroy(() => hearing.unsubscribe());
  }

  /** The state, asked for once. */
  ready(): Promise<SessionState> {
    const state = this.#state();
    return state ? Promise.resolve(state) : (this.#loading ??= this.refresh().finally(() => (this.#loading = undefined)));
  }

  async refresh(): Promise<SessionState> {
    const state = await this.#api.get<SessionState>('/auth/session');
    this.#state.set(state);
    return state;
  }

  signIn(request: SignInRequest): Promise<void> {
    return this.#enter('/auth/sign-in', request);
  }

  signUp(request: SignUpRequest): Promise<void> {
    return this.#enter('/auth/sign-up', request);
  }

  setUp(request: SetupRequest): Promise<void> {
    return this.#enter('/auth/setup', request);
  }

  acceptInvitation(request: AcceptInvitationRequest): Promise<void> {
    return this.#enter('/auth/invitation/accept', request);
  }

  /** The person has another name, or role, than before. */
  update(user: CurrentUser): void {
    const { id, email, name, role } = user;
    this.#state.update((state) => state && { ...state, user: { id, email, name, role } });
  }

  /** Ends the session here and in the other tabs, removes what this browser keeps of the person, and leaves the page. */
  async signOut(): Promise<void> {
    const { redirect_url } = await this.#api.post<SignOutResponse>('/auth/sign-out');
    this.leave(redirect_url ?? '/sign-in');
  }

  /** The session is over for good: as after `signOut`. */
  leave(url = '/sign-in'): void {
    this.#tabs.tell({ kind: 'session', user: null });
    this.#forget(url);
  }

  async #enter(path: string, request: object): Promise<void> {
    const before = this.user()?.id;
    const user = await this.#api.post<CurrentUser>(path, { body: request });
    this.#tabs.tell({ kind: 'session', user: user.id });
    // What is on the page is another person's.
    if (before !== undefined && before !== user.id) return this.#leave('/');
    if (this.#state()) this.#state.update((state) => state && { ...state, user, setup_needed: false });
    else await this.refresh();
    this.#gate.open();
  }

  /** Another tab of this browser has the same session, and changed it. */
  #hear(user: string | null): void {
    if (!this.hasAccounts()) return;
    const mine = this.user()?.id;
    if (user !== null && user === mine) this.#gate.open();
    else if (user !== null) this.#leave('/');
    else if (mine !== undefined) this.#forget('/sign-in');
  }

  #forget(url: string): void {
    removeLocalTraces(this.#view, this.#localName);
    this.#leave(url);
  }
}
