import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { CodeBlockView } from './code-block-view';
import { Draws, DrawsAll } from './draws';
import { Inlines } from './inlines';
import { type Block } from './nodes';

/** One block with all that stands in it. Every node becomes an element of the template or text; there is no other way in. */
@Component({
  selector: 'echo-markdown-block',
  imports: [CodeBlockView, Draws, DrawsAll, Inlines, NgTemplateOutlet],
  styleUrl: './block-view.css',
  templateUrl: './block-view.html',
})
export class BlockView {
  readonly block = input.required<Block>();
  readonly settled = input(false);

  protected readonly blocks = computed(() => [this.block()]);
}
