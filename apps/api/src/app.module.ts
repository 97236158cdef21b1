import { ChatModule } from '@echo/api-chat';
import { PersistenceModule } from '@echo/api-persistence';
import { ProvidersModule } from '@echo/api-providers';
import { Authenticator, LocalAuthenticator } from '@echo/api-security';
import { type DynamicModule, Module } from '@nestjs/common';
import { type AppSettings } from './config/settings';
import { HealthController } from './health.controller';
import { ServerInfoController, ServerInfoSource } from './server-info.controller';

/** Wires the libraries together. */
@Module({})
export class AppModule {
  static register(settings: AppSettings): DynamicModule {
    const persistence = PersistenceModule.register(settings.persistence);
    return {
      module: AppModule,
      imports: [persistence, ChatModule.register(settings.chat, [persistence, ProvidersModule.register(settings.providers)])],
      controllers: [HealthController, ServerInfoController],
      providers: [
        { provide: Authenticator, useClass: LocalAuthenticator },
        { provide: ServerInfoSource, useValue: new ServerInfoSource(settings.chat.maxPromptChars) },
      ],
    };
  }
}
