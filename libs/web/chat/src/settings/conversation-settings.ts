import {
  Component,
  DOCUMENT,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { type ConversationSettings as Settings, LIMITS, findTextFault } from '@echo/contract';
import { ApiProblem, ConversationsApi } from '@echo/web-chat-client';
import { HiddenDraft } from '../hidden';
import { faultWords } from '../composer/fault-words';
import { regainFocus } from '../regain-focus';
import { temperatureIn } from './temperature-in';

/** What every answer of a conversation is asked for with: instructions and temperature. A new chat becomes a conversation by it. Shown as soon as it exists. */
@Component({
  selector: 'echo-conversation-settings',
  imports: [HiddenDraft],
  templateUrl: './conversation-settings.html',
  styleUrl: './conversation-settings.css',
})
export class ConversationSettings {
  private readonly api = inject(ConversationsApi);
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly abort = new AbortController();
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  /** undefined: a new chat. */
  readonly conversationId = input<number>();

  /** The number of the conversation that has these settings now. */
  readonly saved = output<number>();
  readonly closed = output();

  protected readonly maxTemperature = LIMITS.temperatureMax;
  protected readonly isReading = signal(true);
  protected readonly isSaving = signal(false);
  /** Why it could not be read or saved. */
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly instructions = signal('');
  protected readonly temperature = signal('');
  protected readonly instructionsFault = computed(() => {
    const fault = this.instructions().trim() === '' ? undefined : findTextFault(this.instructions(), LIMITS.systemPromptChars);
    return fault === undefined ? undefined : faultWords(fault, this.instructions());
  });
  protected readonly temperatureFault = computed(() =>
    temperatureIn(this.temperature()) === undefined ? `A number from 0 to ${LIMITS.temperatureMax}, or nothing.` : undefined,
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.abort.abort());
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
      void this.read();
    });
  }

  protected async save(): Promise<void> {
    const temperature = temperatureIn(this.temperature());
    if (this.isReading() || this.isSaving() || this.instructionsFault() !== undefined || temperature === undefined) return;
    const settings = { system_prompt: this.instructions().trim() === '' ? null : this.instructions(), temperature };
    this.isSaving.set(true);
    await this.attempt(async () => {
      this.saved.emit(await this.store(settings));
      this.close();
    });
    this.isSaving.set(false);
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected clean(text: string, box: HTMLElement): void {
    this.instructions.set(text);
    box.focus();
  }

  /** The button goes when it has worked: one goes on in the field. */
  protected async readAgain(box: HTMLElement): Promise<void> {
    await this.read();
    afterNextRender(() => regainFocus(this.document, box), { injector: this.injector });
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  }

  private async read(): Promise<void> {
    const id = this.conversationId();
    await this.attempt(async () => {
      if (id !== undefined) {
        // Not what the page has read once: another tab may have changed it.
        const { system_prompt, temperature } = await this.api.get(id, this.abort.signal);
        this.instructions.set(system_prompt ?? '');
        this.temperature.set(temperature === null ? '' : String(temperature));
      }
      this.isReading.set(false);
    });
  }

  private async store(settings: Settings): Promise<number> {
    const id = this.conversationId();
    if (id === undefined) return (await this.api.create(settings)).id;
    await this.api.update(id, settings);
    return id;
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.failure.set(undefined);
    try {
      await work();
    } catch (error) {
      if (this.abort.signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      this.failure.set(error.message);
    }
  }
}
