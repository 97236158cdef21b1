/** Pieces of one answer: a long one comes in bigger pieces, so that it does not take minutes. */
const MOST_PIECES = 600;
const PIECE = /\s*\S{1,48}|\s+/gu;

/** Cuts a text into pieces of about a word. Joined, they are the text again, to the byte. */
export function textPieces(text: string): string[] {
  const words = text.match(PIECE) ?? [];
  const size = Math.ceil(words.length / MOST_PIECES);
  if (size <= 1) return words;
  return Array.from({ length: Math.ceil(words.length / size) }, (_, index) => words.slice(index * size, (index + 1) * size).join(''));
}

const VOCABULARY =
  'time river stone light every small answer begins where another quietly ends and nobody counts the words because they are only here to show how a long text grows on the page'.split(
    ' ',
  );
const WORDS_PER_PARAGRAPH = 80;

/** Made-up words: exactly `count`, each with the white space before it. */
export function* madeUpWords(count: number, random: () => number): Generator<string> {
  for (let index = 0; index < count; index++) {
    const word = VOCABULARY[Math.floor(random() * VOCABULARY.length)] ?? 'word';
    const space = index === 0 ? '' : index % WORDS_PER_PARAGRAPH === 0 ? '\n\n' : ' ';
    yield space + word;
  }
}
