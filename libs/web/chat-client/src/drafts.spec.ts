import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Drafts } from './drafts';

function draftsWith(defaultView: object | null): Drafts {
  TestBed.configureTestingModule({
    providers: [Drafts, { provide: DOCUMENT, useValue: { defaultView, documentElement: { dataset: {} }, querySelectorAll: () => [] } }],
  });
  return TestBed.inject(Drafts);
}

const denied = {
  get sessionStorage(): Storage {
    throw new DOMException('denied', 'SecurityError') as unknown as Error;
  },
};
const full = {
  sessionStorage: {
    getItem: () => null,
    removeItem: () => undefined,
    setItem: () => {
      throw new Error('full');
    },
  },
};

describe('Drafts', () => {
  beforeEach(() => sessionStorage.clear());

  it('survive a reload, each in its place', () => {
    TestBed.inject(Drafts).write(7, 'seven');
    TestBed.inject(Drafts).write({ messageId: 7 }, 'changed');
    TestBed.inject(Drafts).write(undefined, 'new');
    TestBed.resetTestingModule();
    const drafts = TestBed.inject(Drafts);
    expect([drafts.read(7), drafts.read(undefined), drafts.read(8)]).toEqual(['seven', 'new', '']);
    drafts.clear(7);
    expect([drafts.read(7), drafts.read({ messageId: 7 }), drafts.read({ messageId: 8 })]).toEqual(['', 'changed', '']);
    drafts.clear({ messageId: 7 });
    drafts.write(undefined, '');
    expect(sessionStorage).toHaveLength(0);
  });

  it.each([
    ['denied', denied],
    ['full', full],
    ['missing', null],
  ])('live as long as the page where storage is %s', (_name, view) => {
    const drafts = draftsWith(view);
    drafts.write(7, 'seven');
    expect(drafts.read(7)).toBe('seven');
    drafts.clear(7);
    expect(drafts.read(7)).toBe('');
  });
});
