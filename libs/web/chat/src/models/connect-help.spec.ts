import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type Provider, type ProviderList } from '@echo/contract';
import { CurrentSession } from '@echo/web-chat-client';
import { ConnectHelp } from './connect-help';

const GUIDE: Provider = { id: 'guide', name: 'Guide', kind: 'guide', healthy: true, problem: null, default_model: 'guide' };
const ILL: Provider = { id: 'lab', name: 'Lab', kind: 'model', healthy: false, problem: 'It refused the key.', default_model: null };
const OLLAMA: ProviderList['discovered'][number] = {
  name: 'Ollama',
  base_url: 'http://127.0.0.1:11434/v1',
  models: ['one', 'two'],
  connect: { id: 'ollama', wire: 'ollama', base_url: 'http://127.0.0.1:11434' },
  setting: 'OLLAMA_HOST=http://127.0.0.1:11434',
};

describe('ConnectHelp', () => {
  const isAdministrator = signal(true);

  async function show(list: Partial<ProviderList>): Promise<HTMLElement> {
    TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: CurrentSession, useValue: { isAdministrator } }] });
    const fixture = TestBed.createComponent(ConnectHelp);
    fixture.componentRef.setInput('providers', { providers: [GUIDE], default_model: 'guide/guide', discovered: [], ...list });
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }
  const ways = (root: HTMLElement) => [...root.querySelectorAll('a')].map((link) => link.getAttribute('href'));

  beforeEach(() => isAdministrator.set(true));

  it('leads an administrator to the first provider', async () => {
    expect(ways(await show({}))).toEqual(['/settings/providers/new', '/settings/providers']);
  });

  it('offers what was found on the machine', async () => {
    const root = await show({ discovered: [OLLAMA] });
    expect(root.textContent).toContain('Ollama');
    expect(root.textContent).toContain('with 2 models');
  });

  it('says which provider cannot be used now, and why', async () => {
    const root = await show({ providers: [ILL, GUIDE] });
    expect(root.textContent).toMatch(/Lab\s+cannot be used now: It refused the key./);
    expect(ways(root)).toEqual(['/settings/providers']);
  });

  it('sends others to an administrator', async () => {
    isAdministrator.set(false);
    const root = await show({});
    expect(ways(root)).toEqual([]);
    expect(root.textContent).toContain('An administrator connects models');
  });
});
