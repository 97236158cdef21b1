import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { type CurrentUser } from '@echo/contract';
import { ApiProblem, CurrentSession } from '@echo/web-chat-client';
import { PageAlert } from '@echo/web-forms/page-alert';
import { UserMenu } from './user-menu';

const ADA: CurrentUser = { id: 'u-1', email: 'ada@echo.test', name: 'ada Lovelace', role: 'administrator' };

describe('UserMenu', () => {
  const user = signal<CurrentUser | null>(ADA);
  const hasAccounts = signal(true);
  const isAdministrator = signal(true);
  const signOut = jest.fn();
  let fixture: ComponentFixture<UserMenu>;

  beforeEach(async () => {
    user.set(ADA);
    hasAccounts.set(true);
    isAdministrator.set(true);
    signOut.mockResolvedValue(undefined);
    HTMLElement.prototype.hidePopover = jest.fn();
    TestBed.configureTestingModule({
      providers: [provideRouter([]), { provide: CurrentSession, useValue: { user, hasAccounts, isAdministrator, signOut } }],
    });
    fixture = TestBed.createComponent(UserMenu);
    await fixture.whenStable();
  });

  const root = () => fixture.nativeElement as HTMLElement;
  const links = () => [...root().querySelectorAll('a')].map((link) => `${link.textContent.trim()} ${link.getAttribute('href')}`);
  const button = (name: string) => [...root().querySelectorAll('button')].find((each) => each.textContent.includes(name));

  it('names the person and leads administrators everywhere', () => {
    expect(root().querySelector('.initial')?.textContent).toBe('A');
    expect(button('ada Lovelace')).toBeDefined();
    expect(links()).toEqual([
      'Account /settings/account',
      'API keys /settings/keys',
      'Users /settings/users',
      'Providers /settings/providers',
      'Audit log /settings/audit',
    ]);
  });

  it('leads others to what is their own', async () => {
    isAdministrator.set(false);
    await fixture.whenStable();
    expect(links()).toEqual(['Account /settings/account', 'API keys /settings/keys']);
  });

  it('shows nothing of accounts where there are none', async () => {
    hasAccounts.set(false);
    await fixture.whenStable();
    expect(links()).toEqual(['Settings /settings/providers']);
    expect(button('Sign out')).toBeUndefined();
  });

  it('signs out, and says so where that failed', async () => {
    button('Sign out')?.click();
    expect(signOut).toHaveBeenCalledTimes(1);
    signOut.mockRejectedValue(new ApiProblem('The server could not be reached.', 0, 'network_error'));
    button('Sign out')?.click();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(root().querySelector('.problem')?.textContent).toBe('You are still signed in. The server could not be reached.');
    expect(TestBed.inject(PageAlert).words()).toMatch('You are still signed in.');
  });
});
