import { TestBed } from '@angular/core/testing';
import { Drafts } from './drafts';
import { LOCAL_NAME } from './local-name';
import { removeLocalTraces } from './local-traces';
import { SITE_BASE } from './site-base';
import { TabChannel } from './tab-channel';
import { FakeChannel } from './testing/fake-channel';

describe('two servers below different paths of one host', () => {
  let uninstall: () => void;

  /** A page of the server at `base`, in a tab that the others share a browser with. */
  function at(base: string): { drafts: Drafts; tabs: TabChannel; name: string } {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: SITE_BASE, useValue: base }] });
    return { drafts: TestBed.inject(Drafts), tabs: TestBed.inject(TabChannel), name: TestBed.inject(LOCAL_NAME) };
  }

  beforeEach(() => {
    sessionStorage.clear();
    uninstall = FakeChannel.install();
  });
  afterEach(() => uninstall());

  it('keep their drafts apart, and forget only their own', () => {
    const bases = ['/', '/tools/', '/tools/echo/'];
    for (const base of bases) at(base).drafts.write(7, `at ${base}`);
    expect(bases.map((base) => at(base).drafts.read(7))).toEqual(['at /', 'at /tools/', 'at /tools/echo/']);
    removeLocalTraces(window, at('/tools/').name);
    expect(bases.map((base) => at(base).drafts.read(7))).toEqual(['at /', '', 'at /tools/echo/']);
    removeLocalTraces(window, at('/').name);
    expect(bases.map((base) => at(base).drafts.read(7))).toEqual(['', '', 'at /tools/echo/']);
  });

  it('hear only their own tabs', () => {
    const other = new FakeChannel('echo');
    const { tabs, name } = at('/tools/');
    const beside = new FakeChannel(name);
    tabs.tell({ kind: 'session', user: null });
    expect([other.heard.length, beside.heard.length]).toEqual([0, 1]);
  });
});
