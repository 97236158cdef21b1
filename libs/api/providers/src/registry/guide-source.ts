import { type ModelList, type Provider, type ProviderList } from '@echo/contract';
import { GuideModel } from '../guide/guide-model';
import { type LanguageModel } from '../language-model';
import { type WireModel } from '../wire-model';
import { type ModelSource, type ResolvedModel } from './model-source';
import { UnknownModelError } from './unknown-name-errors';

const GUIDE = 'guide';
const NAME = 'Guide';

/** The built-in Guide: always there, never an AI. */
export class GuideSource implements ModelSource {
  readonly id = GUIDE;
  readonly name = NAME;
  readonly #model: LanguageModel;

  constructor(
    /** Looks at what is configured and found now. */
    overview: () => Promise<ProviderList>,
    { chunksPerSecond, discoverLocal }: { readonly chunksPerSecond: number; readonly discoverLocal: boolean },
    guard: (model: WireModel, provider: string) => LanguageModel,
  ) {
    this.#model = guard(new GuideModel({ overview, chunksPerSecond, discoverLocal }), 'The Guide');
  }

  status(): Promise<Provider> {
    return Promise.resolve({ id: GUIDE, name: NAME, kind: 'guide', healthy: true, problem: null, default_model: GUIDE });
  }

  models(): Promise<ModelList> {
    return Promise.resolve({
      models: [{ id: GUIDE, provider: GUIDE, streaming: true, continues: true, context_length: null, reasoning: false, price: null }],
      problems: [],
    });
  }

  has(model: string): Promise<boolean> {
    return Promise.resolve(model === GUIDE || model === `${GUIDE}/${GUIDE}`);
  }

  async resolve(model: string | undefined): Promise<ResolvedModel> {
    if (model !== undefined && !(await this.has(model))) throw new UnknownModelError(model, 'The built-in Guide', [GUIDE]);
    return { provider: GUIDE, model: GUIDE, languageModel: this.#model, contextLength: null, cost: () => null };
  }
}
