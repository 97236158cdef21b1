import { type CollectedAnswer, collectAnswer, type ScriptedAnswer, ScriptedProvider, type Speaker, SPEAKERS } from '@echo/testing';
import { type ProviderError } from '../errors/provider-error';
import { type ModelRequest } from '../language-model';
import { type ProviderSettings, WIRE_NAMES, type WireName } from '../provider-settings';
import { WIRES } from '../registry/wires';
import { HttpTransport } from '../transport/http-transport';
import { type WireModel, type WirePart } from '../wire-model';

export const KEY = 'sk-test-0123456789abcdef';
/** Every wire with the speaker of the other side. */
export const EACH_WIRE: readonly (readonly [WireName, Speaker])[] = WIRE_NAMES.map((wire) => [wire, SPEAKERS[wire]]);

export type Outcome = Omit<CollectedAnswer<WirePart>, 'error'> & { readonly error: ProviderError | undefined };

/** A scripted provider and our own side of the same wire. */
export class WireStage {
  private constructor(
    readonly provider: ScriptedProvider,
    readonly transport: HttpTransport,
  ) {}

  static async start(): Promise<WireStage> {
    return new WireStage(await ScriptedProvider.start(), new HttpTransport());
  }

  settings(wire: WireName, more: Partial<ProviderSettings> = {}): ProviderSettings {
    return { id: 'test', name: 'Test AI', wire, baseUrl: SPEAKERS[wire].baseUrl(this.provider.origin), apiKey: KEY, ...more };
  }

  model(wire: WireName, more: Partial<ProviderSettings> = {}, name = 'scripted'): WireModel {
    return WIRES[wire].model(this.settings(wire, more), name, this.transport);
  }

  /** Asks for the answers that are queued, and then for this one. */
  async ask(wire: WireName, answer: ScriptedAnswer, request: Partial<ModelRequest> = {}): Promise<Outcome> {
    this.provider.enqueue(answer);
    return this.outcome(this.model(wire), request);
  }

  async outcome(model: WireModel, request: Partial<ModelRequest> = {}, signal = new AbortController().signal): Promise<Outcome> {
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    const outcome = await collectAnswer<WirePart>(model.stream({ messages, ...request }, signal));
    return { ...outcome, error: outcome.error as ProviderError | undefined };
  }

  async stop(): Promise<void> {
    await this.transport.close();
    await this.provider.stop();
  }
}
