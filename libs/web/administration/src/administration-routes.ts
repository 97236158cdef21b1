import { type Routes } from '@angular/router';

/** Below the settings, for everybody. */
export const USAGE: Routes = [
  { path: 'usage', title: 'Usage · EchoV2', loadComponent: async () => (await import('./usage/usage-page')).UsagePage },
];

/** Below the settings, for administrators, with accounts or without. */
export const MODEL_SETTINGS: Routes = [
  { path: 'providers', title: 'Providers · EchoV2', loadComponent: async () => (await import('./providers/providers-page')).ProvidersPage },
  {
    path: 'providers/new',
    title: 'Add a provider · EchoV2',
    loadComponent: async () => (await import('./providers/new-provider-page')).NewProviderPage,
  },
  {
    path: 'providers/:id',
    title: 'Change a provider · EchoV2',
    loadComponent: async () => (await import('./providers/edit-provider-page')).EditProviderPage,
  },
  { path: 'models', title: 'Models · EchoV2', loadComponent: async () => (await import('./models/models-page')).ModelsPage },
];
