import { type Routes } from '@angular/router';

/** For who is not signed in. */
export const WAYS_IN: Routes = [
  { path: 'sign-in', title: 'Sign in · EchoV2', loadComponent: async () => (await import('./entry/sign-in-page')).SignInPage },
  { path: 'setup', title: 'Set up · EchoV2', loadComponent: async () => (await import('./entry/setup-page')).SetupPage },
  { path: 'sign-up', title: 'Sign up · EchoV2', loadComponent: async () => (await import('./entry/sign-up-page')).SignUpPage },
];

/** Where links lead that work once. */
export const ONE_TIME_LINKS: Routes = [
  { path: 'invitation', title: 'Invitation · EchoV2', loadComponent: async () => (await import('./entry/invitation-page')).InvitationPage },
  {
    path: 'reset-password',
    title: 'New password · EchoV2',
    loadComponent: async () => (await import('./entry/reset-password-page')).ResetPasswordPage,
  },
];

/** Below the settings, for everybody. */
export const OWN_SETTINGS: Routes = [
  { path: 'account', title: 'Account · EchoV2', loadComponent: async () => (await import('./account/account-page')).AccountPage },
  { path: 'keys', title: 'API keys · EchoV2', loadComponent: async () => (await import('./keys/keys-page')).KeysPage },
];

/** Below the settings, for administrators. */
export const ADMINISTRATION: Routes = [
  { path: 'users', title: 'Users · EchoV2', loadComponent: async () => (await import('./users/users-page')).UsersPage },
  {
    path: 'invitations',
    title: 'Invitations · EchoV2',
    loadComponent: async () => (await import('./invitations/invitations-page')).InvitationsPage,
  },
  { path: 'audit', title: 'Audit log · EchoV2', loadComponent: async () => (await import('./audit/audit-page')).AuditPage },
];
