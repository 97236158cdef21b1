import { APP_BASE_HREF } from '@angular/common';
import { type ApplicationConfig, DOCUMENT, ErrorHandler, inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { HTTP_FETCH, SITE_BASE } from '@echo/web-chat-client';
import { routes } from './app-routes';
import { PageFaults } from './page-faults';
import { paintFirst } from './paint-first';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useExisting: PageFaults },
    { provide: HTTP_FETCH, useFactory: () => paintFirst((input, init) => globalThis.fetch(input, init), inject(DOCUMENT)) },
    provideRouter(routes, withComponentInputBinding()),
    // The page carries no <base> tag: the security policy says base-uri 'none'.
    { provide: APP_BASE_HREF, useFactory: () => inject(SITE_BASE) },
  ],
};
