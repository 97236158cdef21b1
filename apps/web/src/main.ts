import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { showFailedStart } from './app/failed-start';
import { isTooOld, showOldBrowser } from './app/old-browser';

if (isTooOld(globalThis)) showOldBrowser(document);
else bootstrapApplication(App, appConfig).catch((error: unknown) => showFailedStart(document, error));
