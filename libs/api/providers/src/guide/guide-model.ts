import { type ProviderList } from '@echo/contract';
import { providerFault } from '../errors/provider-fault';
import { type ModelPart, type ModelRequest } from '../language-model';
import { sleep } from '../stream/sleep';
import { estimateUsage } from '../stream/token-estimate';
import { type WireModel } from '../wire-model';
import { demoSteps } from './demo';
import { echoAnswer } from './echo';
import { readCommand } from './guide-command';
import { type GuideStep } from './guide-step';
import { HELP } from './help';
import { Pace, seededRandom } from './pacing';
import { madeUpWords, textPieces } from './pieces';
import { setupAnswer } from './setup';

const NAME = 'The Guide';

export interface GuideOptions {
  /** Looks at what is configured and found now. */
  readonly overview: () => Promise<ProviderList>;
  /** 0: as fast as it is read. */
  readonly chunksPerSecond: number;
  readonly discoverLocal: boolean;
}

/** What answers while no model is connected: written texts, and the person's own. The same seed, which is the prompt, gives the same pace and words. */
export class GuideModel implements WireModel {
  readonly id = 'guide/guide';
  readonly continues = true;

  constructor(private readonly options: GuideOptions) {}

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const prompt = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const last = request.messages.at(-1);
    // It says the same again, and leaves out what was said.
    let said = last?.role === 'assistant' ? last.content.length : 0;
    let answer = '';
    try {
      const random = seededRandom(prompt);
      const pace = new Pace(this.options.chunksPerSecond, random);
      for (const step of await this.#steps(prompt)) {
        if ('wait' in step) await sleep(step.wait, signal);
        else if ('stall' in step) await aborted(signal);
        else if ('fail' in step) throw providerFault(step.fail, NAME);
        else {
          for (const piece of 'say' in step ? textPieces(step.say) : madeUpWords(step.words, random)) {
            const text = piece.slice(said);
            said = Math.max(0, said - piece.length);
            if (text === '') continue;
            await pace.next(signal);
            answer += text;
            yield { type: 'text', text };
          }
        }
      }
    } catch (error) {
      throw signal.aborted ? providerFault('aborted', NAME) : error;
    }
    yield { type: 'finish', reason: 'stop', usage: estimateUsage(request.messages, answer), model: 'guide' };
  }

  async #steps(prompt: string): Promise<readonly GuideStep[]> {
    const command = readCommand(prompt);
    switch (command.name) {
      case 'help':
        return [{ say: HELP }];
      case 'setup':
        return [{ say: setupAnswer(await this.options.overview(), this.options.discoverLocal) }];
      case 'demo':
        return demoSteps(command.topic, command.argument);
      case 'echo':
        return [{ say: echoAnswer(prompt) }];
    }
  }
}

/** Never resolves. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(providerFault('aborted', NAME));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
