import { type ProviderErrorKind } from '../errors/provider-error';

/** One thing that the Guide does while it answers. */
export type GuideStep =
  /** Says a text, a few words at a time. */
  | { readonly say: string }
  /** Says so many made-up words, one at a time. */
  | { readonly words: number }
  /** Milliseconds of silence. */
  | { readonly wait: number }
  | { readonly fail: ProviderErrorKind }
  /** Silence until somebody stops it. */
  | { readonly stall: true };
