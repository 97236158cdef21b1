import { SealedTextStore } from '@echo/api-persistence';
import { masterKeyOf, readOrMakeMasterKey, SealBox, Sealer } from '@echo/api-security';
import { type DynamicModule, Module } from '@nestjs/common';
import { type SealingSettings } from '../config/settings';

/** The one sealer, for all that keep secrets. */
@Module({})
export class SealingModule {
  static register(settings: SealingSettings, persistence: DynamicModule): DynamicModule {
    const box = (): SealBox => {
      const key = settings.masterKey ?? readOrMakeMasterKey(settings.dataDir);
      return new SealBox(masterKeyOf(key), settings.previousKeys.map(masterKeyOf));
    };
    return {
      module: SealingModule,
      imports: [persistence],
      providers: [{ provide: Sealer, useFactory: (texts: SealedTextStore) => new Sealer(box, texts, texts), inject: [SealedTextStore] }],
      exports: [Sealer],
    };
  }
}
