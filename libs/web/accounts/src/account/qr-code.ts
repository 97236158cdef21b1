import { Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** Modules of quiet around the code, as readers need it. */
const QUIET = 4;

/** A QR code, drawn as one path of squares; dark on light in every scheme, since readers want it so. */
@Component({ selector: 'echo-qr-code', templateUrl: './qr-code.html', styleUrl: './qr-code.css' })
export class QrCode {
  readonly text = input.required<string>();
  /** What it is, for those who do not see it. */
  readonly label = input.required<string>();

  private readonly code = computed(() => encode(this.text(), { ecc: 'M', border: QUIET }));
  protected readonly viewBox = computed(() => `0 0 ${this.code().size} ${this.code().size}`);
  protected readonly path = computed(() =>
    this.code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
  );
}
