import { APP_BASE_HREF } from '@angular/common';
import { type ApplicationConfig, ErrorHandler, inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { SITE_BASE } from '@echo/web-chat-client';
import { routes } from './app-routes';
import { PageFaults } from './page-faults';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    { provide: ErrorHandler, useExisting: PageFaults },
    provideRouter(routes, withComponentInputBinding()),
    // The page carries no <base> tag: the security policy says base-uri 'none'.
    { provide: APP_BASE_HREF, useFactory: () => inject(SITE_BASE) },
  ],
};
