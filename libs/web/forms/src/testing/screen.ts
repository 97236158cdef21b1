import { type ComponentFixture } from '@angular/core/testing';

/** A page as a person finds their way in it: by what is written on things. */
export class Screen {
  readonly root: HTMLElement;

  constructor(private readonly fixture: ComponentFixture<unknown>) {
    this.root = fixture.nativeElement as HTMLElement;
    document.body.append(this.root);
  }

  get text(): string {
    return this.root.textContent.replace(/\s+/g, ' ');
  }

  /** What is said politely, and what is said at once. */
  said(role: 'status' | 'alert'): string {
    return [...this.root.querySelectorAll(`[role="${role}"]`)]
      .map((region) => region.textContent.trim())
      .join(' ')
      .trim();
  }

  field(label: string): HTMLInputElement {
    const found = [...this.root.querySelectorAll('label')].find((each) => words(each) === label);
    const field = found && (found.control ?? this.root.querySelector(`[id="${found.htmlFor}"]`));
    if (!(field instanceof HTMLElement)) throw new Error(`There is no field ${label} in: ${this.text}`);
    return field as HTMLInputElement;
  }

  /** What is said of a field. */
  noteOf(label: string): string {
    const id = this.field(label).getAttribute('aria-describedby');
    return id === null ? '' : (document.getElementById(id)?.textContent ?? '').trim();
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.root.querySelectorAll('button')].find((each) => words(each) === name);
    if (found === undefined) throw new Error(`There is no button ${name} in: ${this.text}`);
    return found;
  }

  has(name: string): boolean {
    return [...this.root.querySelectorAll('button, a')].some((each) => words(each) === name);
  }

  async fill(texts: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(texts)) {
      const field = this.field(label);
      field.value = text;
      field.dispatchEvent(new Event('input'));
    }
    await this.settle();
  }

  async choose(label: string, value: string): Promise<void> {
    const field = this.field(label);
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await this.settle();
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      await this.fixture.whenStable();
    }
  }

  leave(): void {
    this.root.remove();
  }
}

function words(element: Element): string {
  return element.textContent.replace(/\s+/g, ' ').trim();
}
