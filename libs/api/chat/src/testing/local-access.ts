import { LocalStanding, Standing } from '@echo/api-security';
import { type DynamicModule } from '@nestjs/common';

class LocalAccess {}

/** For specs: nobody has an account, so nobody can lose theirs. */
export const LOCAL: DynamicModule = {
  module: LocalAccess,
  providers: [{ provide: Standing, useClass: LocalStanding }],
  exports: [Standing],
};
