export { AdministrationModule } from './administration.module';
export { SettingsWatch } from './settings-watch';
