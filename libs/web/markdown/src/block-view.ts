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

  /** Text that is written from right to left is shown so. Only the outermost block asks for it: `auto` does not look into what has a `dir` of its own. */
  protected direction(block: Block): 'auto' | null {
    return block === this.block() ? 'auto' : null;
  }
}
