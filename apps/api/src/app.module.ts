import { AccountsModule } from '@echo/api-accounts';
import { AdministrationModule } from '@echo/api-administration';
import { ChatModule } from '@echo/api-chat';
import { PersistenceModule } from '@echo/api-persistence';
import { ProvidersModule } from '@echo/api-providers';
import { type DynamicModule, Module } from '@nestjs/common';
import { type AppSettings } from './config/settings';
import { FlowController } from './flow.controller';
import { HealthController } from './health.controller';
import { SealingModule } from './sealing/sealing.module';
import { ServerInfoController, ServerInfoSource } from './server-info.controller';

/** Wires the libraries together. */
@Module({})
export class AppModule {
  static register(settings: AppSettings): DynamicModule {
    const persistence = PersistenceModule.register(settings.persistence);
    const providers = ProvidersModule.register(settings.providers);
    const sealing = SealingModule.register(settings.sealing, persistence);
    const accounts = AccountsModule.register(settings.accounts, [persistence, providers, sealing]);
    return {
      module: AppModule,
      imports: [
        persistence,
        providers,
        sealing,
        accounts,
        ChatModule.register(settings.chat, [persistence, providers, accounts]),
        AdministrationModule.register([persistence, providers, sealing]),
      ],
      controllers: [HealthController, FlowController, ServerInfoController],
      providers: [{ provide: ServerInfoSource, useValue: new ServerInfoSource(settings.chat.maxPromptChars) }],
    };
  }
}
