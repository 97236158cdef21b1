import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { type ChatMessage } from '@echo/web-chat-client';
import { type ModelGroup } from '../models/model-groups';
import { ModelMenu } from './model-menu';
import { type Regeneration } from './regeneration';

const group = (label: string, ...values: string[]): ModelGroup => ({
  label,
  options: values.map((value) => ({ value, label: value.split('/')[1] ?? value })),
  problem: undefined,
});
const ANSWER = { id: 7, key: 'm7', provider: 'lab', model: 'one' } as ChatMessage;

describe('ModelMenu', () => {
  let fixture: ComponentFixture<ModelMenu>;
  const chosen: Regeneration[] = [];
  const all = <T extends HTMLElement>(selector: string) => [...(fixture.nativeElement as HTMLElement).querySelectorAll<T>(selector)];
  const names = () => all('button .name').map((name) => name.textContent);
  const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

  async function open(groups: readonly ModelGroup[]): Promise<void> {
    fixture.componentRef.setInput('groups', groups);
    await fixture.whenStable();
    fixture.componentInstance.open(ANSWER, document.body);
    await fixture.whenStable();
  }

  beforeEach(() => {
    // jsdom has no popovers: here they are in sight always.
    Object.assign(HTMLElement.prototype, { showPopover: () => undefined, hidePopover: () => undefined });
    fixture = TestBed.createComponent(ModelMenu);
    document.body.append(fixture.nativeElement);
    fixture.componentInstance.chosen.subscribe((regeneration) => chosen.push(regeneration));
    chosen.length = 0;
  });
  afterEach(() => fixture.nativeElement.remove());

  it('offers every model under its provider, tells which one gave the answer, and hands over which is to give another', async () => {
    await open([group('Lab', 'lab/one', 'lab/two'), group('Other', 'other/a')]);
    expect(names()).toEqual(['one', 'two', 'a']);
    expect(all('[aria-current] .name').map((name) => name.textContent)).toEqual(['one']);
    expect(all('[role="group"] [role="group"]').map((each) => each.getAttribute('aria-label'))).toEqual(['Lab', 'Other']);
    all('button')[2]?.click();
    expect(chosen).toEqual([{ messageId: 7, choice: 'other/a' }]);
  });

  it('says why a provider has nothing to offer now', async () => {
    await open([{ label: 'Ill', options: [], problem: 'It refused the key.' }]);
    expect(all('.problem')[0]?.textContent).toBe('It refused the key.');
  });

  it('is walked with the arrows, around its ends', async () => {
    await open([group('Lab', 'lab/one', 'lab/two')]);
    const focused = () => document.activeElement?.querySelector('.name')?.textContent;
    expect(focused()).toBe('one');
    press('ArrowDown');
    expect(focused()).toBe('two');
    press('ArrowDown');
    expect(focused()).toBe('one');
    press('ArrowUp');
    expect(focused()).toBe('two');
  });

  it('can be searched where there are many', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `lab/model-${index}`);
    await open([group('Lab', ...many), group('Other', 'other/tiny')]);
    const search = all<HTMLInputElement>('input')[0] as HTMLInputElement;
    expect(document.activeElement).toBe(search);
    const find = async (words: string) => {
      search.value = words;
      search.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    await find(' TINY ');
    expect(names()).toEqual(['tiny']);
    await find('lab/model-1');
    expect(names()).toEqual(['model-1', 'model-10', 'model-11']);
    await find('none such');
    expect(document.getElementById(search.getAttribute('aria-describedby') ?? '')?.textContent).toBe('No model has such a name.');
    expect(await open([group('Lab', ...many)]).then(() => search.value)).toBe('');
  });
});
