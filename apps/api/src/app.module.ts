import { AdministrationModule } from '@echo/api-administration';
import { ChatModule } from '@echo/api-chat';
import { PersistenceModule } from '@echo/api-persistence';
import { ProvidersModule } from '@echo/api-providers';
import { Authenticator, LocalAuthenticator } from '@echo/api-security';
import { type DynamicModule, Module } from '@nestjs/common';
import { type AppSettings } from './config/settings';
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
    return {
      module: AppModule,
      imports: [
        persistence,
        providers,
        sealing,
        ChatModule.register(settings.chat, [persistence, providers]),
        AdministrationModule.register([persistence, providers, sealing]),
      ],
      controllers: [HealthController, ServerInfoController],
      providers: [
        { provide: Authenticator, useClass: LocalAuthenticator },
        { provide: ServerInfoSource, useValue: new ServerInfoSource(settings.chat.maxPromptChars) },
      ],
    };
  }
}
