import { Component, DestroyRef, computed, inject, input, output } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type ChatStatus, type StreamNote, StreamWatch, copyText } from '@echo/web-chat-client';
import { auditTime, tap } from 'rxjs';
import { Icon } from '../icon/icon';
import { CopyOutcome } from '../transcript/copy-outcome';
import { diagnoseStream } from './diagnose-stream';
import { noteLine } from './note-line';
import { StreamRecord } from './stream-record';

/** So many of the notes that are kept are shown. */
const SHOWN = 200;
/** Milliseconds between two looks. */
const LOOK_MS = 200;

/** What happens on the connections of this page, as it happens, and what the times say about the way. Holds nothing that anybody wrote. */
@Component({ selector: 'echo-debug-panel', imports: [Icon], templateUrl: './debug-panel.html', styleUrl: './debug-panel.css' })
export class DebugPanel {
  readonly status = input.required<ChatStatus>();
  readonly runId = input<string | null>();

  readonly closed = output();

  protected readonly record = new StreamRecord();
  protected readonly copied = new CopyOutcome<'notes'>();
  protected readonly findings = computed(() => diagnoseStream(this.record.connections()));
  protected readonly lines = computed(() =>
    this.record
      .notes()
      .slice(-SHOWN)
      .map((note) => noteLine(note, this.record.startedAt)),
  );

  constructor() {
    const gathered: StreamNote[] = [];
    const noted = inject(StreamWatch).notes.pipe(
      tap((note) => gathered.push(note)),
      auditTime(LOOK_MS),
    );
    noted.pipe(takeUntilDestroyed(inject(DestroyRef))).subscribe(() => {
      this.record.add(gathered.splice(0));
    });
  }

  protected async copy(): Promise<void> {
    const lines = this.record.notes().map((note) => Object.values(noteLine(note, this.record.startedAt)).join('\t'));
    this.copied.tell('notes', await copyText([...this.findings().map(({ words }) => words), ...lines].join('\n')));
  }
}
