import { TestBed } from '@angular/core/testing';
import { TabChannel, type TabNews } from './tab-channel';
import { FakeChannel } from './testing/fake-channel';

const NEWS: TabNews = { kind: 'read', conversationId: 7 };

describe('TabChannel', () => {
  let uninstall: () => void;

  beforeEach(() => (uninstall = FakeChannel.install()));
  afterEach(() => uninstall());

  it('tells the other tabs, hears them, and not itself', () => {
    const tabs = TestBed.inject(TabChannel);
    const other = new FakeChannel('echo');
    const heard: TabNews[] = [];
    tabs.heard.subscribe((news) => heard.push(news));
    tabs.tell(NEWS);
    expect([other.heard, heard]).toEqual([[NEWS], []]);
    other.postMessage(NEWS);
    expect(heard).toEqual([NEWS]);
  });

  it('ends with the page', () => {
    const close = jest.spyOn(FakeChannel.prototype, 'close');
    TestBed.inject(TabChannel);
    TestBed.resetTestingModule();
    expect(close).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['has no such channel', undefined],
    [
      'denies it',
      class {
        constructor() {
          throw new DOMException('Denied', 'SecurityError');
        }
      },
    ],
  ])('leaves every tab on its own where the browser %s', (_how, channel) => {
    Object.assign(window, { BroadcastChannel: channel });
    const tabs = TestBed.inject(TabChannel);
    const heard: TabNews[] = [];
    tabs.heard.subscribe((news) => heard.push(news));
    tabs.tell(NEWS);
    expect(heard).toEqual([]);
  });
});
