import { provideLocationMocks } from '@angular/common/testing';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { CurrentSession } from '@echo/web-chat-client';
import { SettingsFrame } from './settings-frame';

@Component({ selector: 'echo-stand-in', template: '<h1>Page</h1>' })
class StandIn {}

describe('SettingsFrame', () => {
  const hasAccounts = signal(true);
  const isAdministrator = signal(true);
  let harness: RouterTestingHarness;

  beforeEach(async () => {
    hasAccounts.set(true);
    isAdministrator.set(true);
    TestBed.configureTestingModule({
      providers: [
        provideLocationMocks(),
        provideRouter([
          {
            path: 'settings',
            component: SettingsFrame,
            children: [
              { path: 'keys', component: StandIn },
              { path: '**', component: StandIn },
            ],
          },
        ]),
        { provide: CurrentSession, useValue: { hasAccounts, isAdministrator } },
      ],
    });
    harness = await RouterTestingHarness.create('/settings/account');
    await harness.fixture.whenStable();
  });

  const links = () => [...harness.fixture.nativeElement.querySelectorAll('nav a')].map((link: Element) => link.textContent?.trim());
  const main = () => harness.fixture.nativeElement.querySelector('main') as HTMLElement;

  it('leads administrators everywhere and marks where they are', () => {
    expect(links()).toEqual(['Account', 'API keys', 'Usage', 'Users', 'Invitations', 'Providers', 'Models', 'Audit log']);
    expect(harness.fixture.nativeElement.querySelector('[aria-current="page"]')?.textContent).toBe('Account');
  });

  it('leads others to what is their own', async () => {
    isAdministrator.set(false);
    await harness.fixture.whenStable();
    expect(links()).toEqual(['Account', 'API keys', 'Usage']);
  });

  it('leads to providers, models and usage alone where there are no accounts', async () => {
    hasAccounts.set(false);
    await harness.fixture.whenStable();
    expect(links()).toEqual(['Providers', 'Models', 'Usage']);
  });

  it('takes the focus along from page to page, and not on arrival', async () => {
    document.body.append(harness.fixture.nativeElement);
    expect(document.activeElement).not.toBe(main());
    await harness.navigateByUrl('/settings/keys');
    expect(harness.fixture.nativeElement.querySelector('[aria-current="page"]')?.textContent.trim()).toBe('API keys');
    expect(document.activeElement).toBe(main());
    harness.fixture.nativeElement.remove();
  });
});
