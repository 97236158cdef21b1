import { countChars } from '@echo/contract';
import { type ModelRequest } from '../language-model';
import { type WireModel, type WirePart } from '../wire-model';

/** UTF-16 units that one part may have: whoever passes parts on can rely on small pieces. */
export const MAX_PART_LENGTH = 16_384;

/** Ends an answer of more than `maxChars` characters (code points, reasoning included) with finish reason `length`, and cuts long parts into pieces. */
export function withOutputLimit(model: WireModel, maxChars: number): WireModel {
  async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<WirePart> {
    let left = maxChars;
    for await (const part of model.stream(request, signal)) {
      if (part.type !== 'text' && part.type !== 'reasoning') {
        yield part;
        continue;
      }
      for (const piece of pieces(part.text)) {
        const chars = countChars(piece);
        const text = chars <= left ? piece : [...piece].slice(0, left).join('');
        if (text !== '') yield { type: part.type, text };
        left -= chars;
        if (left < 0) {
          // Leaving the loop closes the provider's stream.
          yield { type: 'finish', reason: 'length' };
          return;
        }
      }
    }
  }
  return { id: model.id, continues: model.continues, stream };
}

/** `text` in pieces that never split a surrogate pair. */
function* pieces(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > MAX_PART_LENGTH) {
    const last = text.charCodeAt(start + MAX_PART_LENGTH - 1);
    const end = start + MAX_PART_LENGTH - (last >= 0xd800 && last <= 0xdbff ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
  if (start < text.length) yield text.slice(start);
}
