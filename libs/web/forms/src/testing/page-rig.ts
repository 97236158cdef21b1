import { provideLocationMocks } from '@angular/common/testing';
import { type Provider, type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, type Routes, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { type SessionState } from '@echo/contract';
import { CurrentSession, HTTP_FETCH } from '@echo/web-chat-client';
import { FakeApi } from './fake-api';
import { Screen } from './screen';

export interface PageRigOptions {
  /** Of the page, with its parameters; the address unless given. */
  readonly path?: string;
  readonly state: SessionState;
  readonly providers?: readonly Provider[];
}

/** A page at an address, before a server that the test plays. Everything else is an empty page of the application. */
export class PageRig {
  readonly api = new FakeApi();
  screen!: Screen;
  harness!: RouterTestingHarness;

  async open(page: Type<unknown>, address: string, { path, state, providers = [] }: PageRigOptions): Promise<Screen> {
    // jsdom has neither.
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function (value) {
      this.open = false;
      this.returnValue = value ?? '';
      this.dispatchEvent(new Event('close'));
    };
    this.api.on('GET /auth/session', { json: state });
    const routes: Routes = [
      { path: path ?? address.split(/[?#]/)[0]?.slice(1), component: page },
      { path: '**', children: [] },
    ];
    TestBed.configureTestingModule({
      providers: [
        provideLocationMocks(),
        provideRouter(routes, withComponentInputBinding()),
        { provide: HTTP_FETCH, useValue: this.api.fetch },
        ...providers,
      ],
    });
    await TestBed.inject(CurrentSession).ready();
    history.replaceState(null, '', address);
    this.harness = await RouterTestingHarness.create(address);
    this.screen = new Screen(this.harness.fixture);
    await this.screen.settle();
    return this.screen;
  }
}
