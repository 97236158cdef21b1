import { Module, type DynamicModule } from '@nestjs/common';
import { type ProvidersSettings } from './provider-settings';
import { ModelRegistry } from './registry/model-registry';
import { GuardedFetch } from './transport/guarded-fetch';

/** Everything that talks to models. */
@Module({})
export class ProvidersModule {
  static register(settings: ProvidersSettings): DynamicModule {
    return {
      module: ProvidersModule,
      providers: [
        { provide: ModelRegistry, useFactory: () => new ModelRegistry(settings) },
        { provide: GuardedFetch, useFactory: () => new GuardedFetch(settings.network) },
      ],
      exports: [ModelRegistry, GuardedFetch],
    };
  }
}
