import { type DynamicModule, Module } from '@nestjs/common';
import { ProviderDirectory } from './providers/provider-directory';
import { ProviderSecrets } from './providers/provider-secrets';
import { ProvidersController } from './providers/providers.controller';
import { ModelRulesController } from './rules/model-rules.controller';
import { SettingsWatch } from './settings-watch';

/** What administrators set while the server runs: providers and rules for models. Persistence, providers and the sealer come in as modules. */
@Module({})
export class AdministrationModule {
  static register(imports: DynamicModule['imports']): DynamicModule {
    return {
      module: AdministrationModule,
      imports: imports ?? [],
      controllers: [ProvidersController, ModelRulesController],
      providers: [ProviderSecrets, SettingsWatch, ProviderDirectory],
      exports: [SettingsWatch],
    };
  }
}
