export { RefusalRecord } from './access/refusal-record';
export { AccountsModule } from './accounts.module';
export { AccountsSettings } from './accounts-settings';
export { SetupLink } from './entry/setup-link';
