import { Component, type ElementRef, computed, inject, model, output, signal, viewChild } from '@angular/core';
import { ChatSession } from '@echo/web-chat-client';
import { AllowanceLine } from '../composer/allowance-line';
import { Composer } from '../composer/composer';
import { StreamingSwitch } from '../composer/streaming-switch';
import { DebugPanel } from '../debug/debug-panel';
import { ModelCatalog } from '../models/model-catalog';
import { GUIDE_NOTE } from '../models/model-groups';
import { ModelPicker } from '../models/model-picker';
import { ErrorBar } from '../status/error-bar';
import { PartMissing } from '../status/part-missing';
import { StatusLine } from '../status/status-line';
import { ChatCommands } from './chat-commands';
import { ComposerFocus } from './composer-focus';
import { PageView } from './page-view';

/** What stays in sight below the transcript: where one writes, to whom, and what is going on. */
@Component({
  selector: 'echo-dock',
  imports: [AllowanceLine, Composer, DebugPanel, ErrorBar, ModelPicker, PartMissing, StatusLine, StreamingSwitch],
  templateUrl: './dock.html',
  styleUrl: './dock.css',
})
export class Dock {
  protected readonly session = inject(ChatSession);
  protected readonly models = inject(ModelCatalog);
  protected readonly commands = inject(ChatCommands);
  protected readonly view = inject(PageView);
  private readonly composerFocus = inject(ComposerFocus);
  private readonly composer = viewChild.required(Composer);
  private readonly plainLine = viewChild<ElementRef<HTMLElement>>('plainLine');

  readonly isDebugging = model(false);
  /** Whether a limit of the person asks for patience before the next message. */
  readonly isHeld = model(false);
  /** What a limit refused, in words that follow the clock. */
  readonly refusal = model<string>();

  readonly reloaded = output();
  /** The last message of the person is to be changed. */
  readonly lastEdited = output();
  readonly helpWanted = output();

  protected readonly guideWords = `Guide: ${GUIDE_NOTE}`;
  /** What the status line says to those who do not see it. */
  protected readonly spoken = signal('');
  /** What is said where the code of the status line could not be loaded. */
  protected readonly plainStatus = computed(() => (this.plainLine() !== undefined && this.view.isBusy() ? 'An answer is on its way…' : ''));

  constructor() {
    this.composerFocus.leadTo(() => this.composer().focus());
  }

  protected closeDebugging(): void {
    this.isDebugging.set(false);
    this.composerFocus.goOn();
  }
}
