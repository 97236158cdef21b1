import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

/** What an address that leads nowhere shows. */
@Component({ selector: 'echo-not-found', imports: [RouterLink], templateUrl: './not-found.html', styleUrl: './not-found.css' })
export class NotFound {}
