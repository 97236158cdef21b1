import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';

// Without a page there is nowhere to show a failed start: the browser's console gets it, as an unhandled rejection.
void bootstrapApplication(App, appConfig);
