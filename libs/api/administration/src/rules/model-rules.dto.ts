import { type ModelRules } from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';
import { Texts, TextsByName } from '../fields';

const FALLBACKS =
  '`provider/model`, or a pattern with `*` → the models that answer in its place, in this order, should it fail before its first word.';
const USER_MODELS = 'Patterns of `provider/model` that people who are no administrators may use; null: all. The Guide may always be used.';

export class ModelRulesDto implements ModelRules {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } }, description: FALLBACKS })
  fallbacks!: Record<string, string[]>;

  @ApiProperty({ type: [String], nullable: true, description: USER_MODELS })
  user_models!: string[] | null;
}

/** What is absent stays. */
export class ChangeModelRulesDto implements Partial<ModelRules> {
  @TextsByName(FALLBACKS)
  fallbacks?: Record<string, string[]>;

  @Texts(USER_MODELS)
  user_models?: string[] | null;
}
