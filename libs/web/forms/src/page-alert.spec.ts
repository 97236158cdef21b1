import { Component, inject, input, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { PageAlert } from './page-alert';

@Component({ selector: 'echo-region', template: '<div role="alert">{{ alert.words() }}</div>' })
class Region {
  protected readonly alert = inject(PageAlert);

  constructor() {
    this.alert.lend();
  }
}

@Component({ selector: 'echo-part', template: '' })
class Part {
  readonly words = input<string>();

  constructor() {
    inject(PageAlert).say(() => this.words());
  }
}

@Component({
  selector: 'echo-page',
  imports: [Part, Region],
  template: `
    <echo-region />
    <echo-part [words]="first()" />
    @if (second(); as words) {
      <echo-part [words]="words" />
    }
  `,
})
class Page {
  readonly first = signal('');
  readonly second = signal('');
}

describe('PageAlert', () => {
  it('says what the parts of the page have to say, by one voice', async () => {
    const fixture = TestBed.createComponent(Page);
    const { first, second } = fixture.componentInstance;
    const said = async () => {
      await fixture.whenStable();
      return (fixture.nativeElement as HTMLElement).textContent.trim();
    };
    expect(await said()).toBe('');
    first.set('The list could not be loaded.');
    expect(await said()).toBe('The list could not be loaded.');
    second.set('You are still signed in.');
    expect(await said()).toBe('You are still signed in.');
    // What is new is said, whichever part was there first.
    first.set('Something went wrong.');
    expect(await said()).toBe('Something went wrong.');
    second.set('');
    expect(await said()).toBe('Something went wrong.');
    first.set('');
    expect(await said()).toBe('');
  });

  it('knows whether anybody hears it', () => {
    const alert = TestBed.inject(PageAlert);
    expect(alert.isHeard()).toBe(false);
    const fixture = TestBed.createComponent(Region);
    expect(alert.isHeard()).toBe(true);
    fixture.destroy();
    expect(alert.isHeard()).toBe(false);
  });
});
