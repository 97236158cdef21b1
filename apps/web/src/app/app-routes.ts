import { type Routes } from '@angular/router';
import { ChatPage, chatAddress } from '@echo/web-chat';
import { signedIn } from './session-guards';

export const routes: Routes = [
  { matcher: chatAddress, canActivate: [signedIn], component: ChatPage },
  { path: '', loadChildren: async () => (await import('./lazy-routes')).lazyRoutes },
  { path: '**', title: 'Page not found · EchoV2', loadComponent: async () => (await import('./not-found')).NotFound },
];
