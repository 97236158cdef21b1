import { type Routes } from '@angular/router';
import { ADMINISTRATION, ONE_TIME_LINKS, OWN_SETTINGS, WAYS_IN } from '@echo/web-accounts';
import { MODEL_SETTINGS, USAGE } from '@echo/web-administration';
import { signedIn } from './session-guards';
import { administrator, signedOut, withAccounts } from './lazy-guards';

/** Everything but the chat: fetched when it is asked for, page by page. */
export const lazyRoutes: Routes = [
  { path: '', canActivate: [signedOut], children: WAYS_IN },
  { path: '', canActivate: [withAccounts], children: ONE_TIME_LINKS },
  {
    path: 'settings',
    canActivate: [signedIn],
    loadComponent: async () => (await import('./settings/settings-frame')).SettingsFrame,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'account' },
      { path: '', canActivate: [withAccounts], children: OWN_SETTINGS },
      { path: '', canActivate: [withAccounts, administrator], children: ADMINISTRATION },
      { path: '', canActivate: [administrator], children: MODEL_SETTINGS },
      ...USAGE,
    ],
  },
];
