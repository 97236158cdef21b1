import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { showFailedStart } from './app/failed-start';

bootstrapApplication(App, appConfig).catch((error: unknown) => showFailedStart(document, error));
