import { AuditLog, SettingStore } from '@echo/api-persistence';
import { Access, Asker, FIELDS, Refusal, Refuses, type Requester, STORAGE, WRITE } from '@echo/api-security';
import { LIMITS, type ModelRules } from '@echo/contract';
import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SettingsWatch } from '../settings-watch';
import { ChangeModelRulesDto, ModelRulesDto } from './model-rules.dto';
import { MODEL_RULES, readRules } from './rules';

const MAX_ENTRIES = 200;

/** Which model is the usual one, which stand in for others, and which are for everybody. */
@ApiTags('administration')
@Controller('admin/model-rules')
export class ModelRulesController {
  constructor(
    private readonly settings: SettingStore,
    private readonly watch: SettingsWatch,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({
    operationId: 'getModelRules',
    summary: 'Which model is the usual one, which stand in for others, and which are for everybody',
  })
  @ApiOkResponse({ type: ModelRulesDto })
  @Refuses(...STORAGE)
  async get(): Promise<ModelRules> {
    return readRules((await this.settings.all()).get(MODEL_RULES));
  }

  @Patch()
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({
    operationId: 'setModelRules',
    summary: 'Say which model is the usual one, which stand in for others, and which are for everybody',
  })
  @ApiOkResponse({ type: ModelRulesDto })
  @Refuses('invalid_value', 'too_long', ...FIELDS, ...WRITE, ...STORAGE)
  async set(@Asker() asker: Requester, @Body() body: ChangeModelRulesDto): Promise<ModelRules> {
    const now = await this.get();
    const { default_model = now.default_model, fallbacks = now.fallbacks, user_models = now.user_models } = body;
    const rules: ModelRules = { default_model, fallbacks: fallbacks ?? {}, user_models };
    check(rules);
    await this.settings.write(MODEL_RULES, rules);
    await this.watch.load();
    const models = rules.user_models === null ? 'all' : String(rules.user_models.length);
    await this.audit.record(asker, {
      action: 'model_rules.change',
      detail: `default ${rules.default_model ?? 'not set'}, ${Object.keys(rules.fallbacks).length} fallbacks, ${models} patterns for users`,
    });
    return rules;
  }
}

function check({ default_model, fallbacks, user_models }: ModelRules): void {
  const refuse = (pointer: string, detail: string): never => {
    throw Refusal.ofFields([{ pointer, code: 'invalid_value', detail }]);
  };
  const isName = (text: string) => text.length <= 2 * LIMITS.nameChars && /^[^\s\p{C}]+$/u.test(text);
  const isModel = (text: string) => isName(text) && text.includes('/') && !text.includes('*');
  if (default_model !== null && !isModel(default_model)) refuse('/default_model', 'Name the model as provider/model, without *.');
  for (const [model, chain] of Object.entries(fallbacks)) {
    const pointer = `/fallbacks/${model.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isName(model)) refuse(pointer, 'Name a model as provider/model, or a pattern with *.');
    if (chain.length === 0 || chain.length > 10) refuse(pointer, 'Name one to ten models that stand in.');
    if (!chain.every(isModel)) refuse(pointer, 'Name each model that stands in as provider/model, without *.');
  }
  if (Object.keys(fallbacks).length > MAX_ENTRIES) refuse('/fallbacks', `Give at most ${MAX_ENTRIES}.`);
  if (user_models !== null && (user_models.length > MAX_ENTRIES || !user_models.every(isName)))
    refuse('/user_models', `Give at most ${MAX_ENTRIES} patterns such as openai/*, without spaces.`);
}
