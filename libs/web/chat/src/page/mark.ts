import { Component } from '@angular/core';

/** The sign of EchoV2: a source, and what comes back from it. */
@Component({ selector: 'echo-mark', templateUrl: './mark.html', styleUrl: './mark.css' })
export class Mark {}
