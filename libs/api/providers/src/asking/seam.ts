/** Joins what a model says to the beginning of its answer, whose last white space it was not told: where it begins with the same, that comes once. */
export class Seam {
  constructor(private unsent: string) {}

  /** What of the next piece is new. */
  join(piece: string): string {
    let same = 0;
    while (same < this.unsent.length && same < piece.length && piece[same] === this.unsent[same]) same++;
    this.unsent = same === piece.length ? this.unsent.slice(same) : '';
    return piece.slice(same);
  }
}
