import { Component, DestroyRef, computed, inject, input, output, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type ChatStatus, type StreamNote, StreamWatch, copyText } from '@echo/web-chat-client';
import { auditTime, tap } from 'rxjs';
import { Icon } from '../icon/icon';
import { diagnoseStream } from './diagnose-stream';
import { noteLine } from './note-line';

/** So many notes are kept: those of the last few minutes. */
const KEPT = 2_000;
/** So many of them are shown. */
const SHOWN = 200;
/** Milliseconds between two looks. */
const LOOK_MS = 200;

/** What happens on the connections of this page, as it happens, and what the times say about the way. Holds nothing that anybody wrote. */
@Component({ selector: 'echo-debug-panel', imports: [Icon], templateUrl: './debug-panel.html', styleUrl: './debug-panel.css' })
export class DebugPanel {
  readonly status = input.required<ChatStatus>();
  readonly runId = input<string | null>();

  readonly closed = output();

  protected readonly notes = signal<readonly StreamNote[]>([]);
  protected readonly isCopied = signal(false);
  protected readonly findings = computed(() => diagnoseStream(this.notes()));
  protected readonly lines = computed(() => {
    const notes = this.notes();
    const start = notes[0]?.at ?? 0;
    return notes.slice(-SHOWN).map((note) => noteLine(note, start));
  });
  protected readonly sums = computed(() => {
    const notes = this.notes();
    const connections = notes.filter(({ kind }) => kind === 'asked').length;
    const events = notes.filter((note) => note.kind === 'event');
    const bytes = notes.reduce((sum, note) => sum + (note.kind === 'bytes' ? note.count : 0), 0);
    return { connections, events: events.length, lastSeq: events.at(-1)?.seq ?? 0, bytes };
  });

  constructor() {
    const gathered: StreamNote[] = [];
    const noted = inject(StreamWatch).notes.pipe(
      tap((note) => gathered.push(note)),
      auditTime(LOOK_MS),
    );
    noted.pipe(takeUntilDestroyed(inject(DestroyRef))).subscribe(() => {
      this.isCopied.set(false);
      const more = gathered.splice(0);
      this.notes.update((notes) => [...notes, ...more].slice(-KEPT));
    });
  }

  protected clear(): void {
    this.notes.set([]);
  }

  protected async copy(): Promise<void> {
    const start = this.notes()[0]?.at ?? 0;
    const lines = this.notes().map((note) => Object.values(noteLine(note, start)).join('\t'));
    this.isCopied.set(await copyText([...this.findings().map(({ words }) => words), ...lines].join('\n')));
  }
}
