import { Directive, input } from '@angular/core';
import { type Block } from './nodes';

type BlockOf<K extends Block['kind']> = Extract<Block, { readonly kind: K }>;

/** Names the block that a template draws: `<ng-template echoDraws="list" let-list>`. A template's context is `any` to the compiler otherwise. */
@Directive({ selector: 'ng-template[echoDraws]' })
export class Draws<K extends Block['kind']> {
  readonly echoDraws = input.required<K>();

  static ngTemplateContextGuard<K extends Block['kind']>(_: Draws<K>, _context: unknown): _context is { readonly $implicit: BlockOf<K> } {
    return true;
  }
}

/** The same for a template that draws several blocks. */
@Directive({ selector: 'ng-template[echoDrawsAll]' })
export class DrawsAll {
  static ngTemplateContextGuard(_: DrawsAll, _context: unknown): _context is { readonly $implicit: readonly Block[] } {
    return true;
  }
}
