import { type ModelRules } from '@echo/contract';
import { Text } from '@echo/api-security';
import { ApiProperty } from '@nestjs/swagger';
import { Texts, TextsByName } from '../fields';

const FALLBACKS =
  '`provider/model`, or a pattern with `*` → the models that answer in its place, in this order, should it fail before its first word.';
const DEFAULT_MODEL =
  '`provider/model` that answers when a request names none. null: what `ECHO_DEFAULT_MODEL` says, else the usual model of the first provider.';
const USER_MODELS = 'Patterns of `provider/model` that people who are no administrators may use; null: all. The Guide may always be used.';

export class ModelRulesDto implements ModelRules {
  @ApiProperty({ type: String, nullable: true, description: DEFAULT_MODEL, example: 'openai/gpt-4.1' })
  default_model!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } }, description: FALLBACKS })
  fallbacks!: Record<string, string[]>;

  @ApiProperty({ type: [String], nullable: true, description: USER_MODELS })
  user_models!: string[] | null;
}

/** What is absent stays. */
export class ChangeModelRulesDto implements Partial<ModelRules> {
  @Text({ required: false, nullable: true, description: DEFAULT_MODEL })
  default_model?: string | null;

  @TextsByName(FALLBACKS)
  fallbacks?: Record<string, string[]>;

  @Texts(USER_MODELS)
  user_models?: string[] | null;
}
