import { type Routes } from '@angular/router';
import { signedIn } from './session-guards';

/** Everything but the chat: fetched when it is asked for, page by page. */
export const lazyRoutes: Routes = [
  {
    path: 'settings',
    canActivate: [signedIn],
    loadComponent: async () => (await import('./settings/settings-frame')).SettingsFrame,
    children: [],
  },
];
