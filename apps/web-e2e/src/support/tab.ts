import { type BrowserContext, type ConsoleMessage, type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually';

/** A tab with the page of EchoV2: what a person finds in it, by the names that everybody hears or reads, and everything that went wrong in it. */
export class Tab {
  /** Errors of the page and of the console, violations of the policy, dialogs: none of them may be. */
  readonly faults: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(
    readonly page: Page,
    readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.faults.push(`page error: ${error.stack ?? error.message}`));
    page.on('console', (message) => this.hear(message));
    page.on('dialog', (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin === origin || ['data:', 'blob:', 'about:'].includes(url.protocol)) return;
      const fault = `request to ${url.href}`;
      if (!this.allowed.some((pattern) => pattern.test(fault))) this.faults.push(fault);
    });
  }

  /** Makes a console line or a request that matches no fault: for walks that break something on purpose. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
    this.faults.splice(0, this.faults.length, ...this.faults.filter((fault) => !pattern.test(fault)));
  }

  /** Another tab of the same person. */
  get context(): BrowserContext {
    return this.page.context();
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
    await this.message.waitFor();
  }

  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Conversation', exact: true });
  }

  get conversations(): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations', exact: true });
  }

  get model(): Locator {
    return this.page.getByRole('combobox', { name: 'Model', exact: true });
  }

  get streaming(): Locator {
    return this.page.getByRole('switch', { name: 'Streaming', exact: true });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search conversations' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The entry of a conversation in the list. */
  listed(title: string | RegExp): Locator {
    return this.conversations.getByRole('link', { name: title });
  }

  /** The messages, asked and answered. */
  get messages(): Locator {
    return this.log.getByRole('article');
  }

  /** The last answer. */
  get answer(): Locator {
    return this.log.getByRole('article', { name: /^Answer/ }).last();
  }

  /** Types a message and presses Enter. */
  async say(text: string): Promise<void> {
    await this.message.fill(text);
    await this.message.press('Enter');
  }

  /** Says it and waits until the answer is complete. */
  async ask(text: string, answer: string): Promise<void> {
    await this.say(text);
    // Until then the last answer is the one before, which may say the same.
    const asked = this.log.getByRole('article', { name: 'You', exact: true }).last();
    const [line = ''] = text.trim().slice(0, 40).split('\n');
    await eventually(async () => expect(await asked.innerText({ timeout: 1_000 })).toContain(line.trim()));
    await this.reads(answer);
    await this.isAtRest();
  }

  /** Waits until the last answer has this text in it. */
  async reads(text: string, within?: number): Promise<void> {
    await eventually(async () => expect(await this.answer.innerText({ timeout: 1_000 })).toContain(text), within);
  }

  /** Waits until no answer is under way. */
  async isAtRest(within = 8_000): Promise<void> {
    await this.button('Send').waitFor({ timeout: within });
    await this.button('Regenerate').waitFor({ timeout: within });
  }

  /** The number of the conversation that is open, once the address has it. */
  async conversationId(): Promise<number> {
    return eventually(() => {
      const id = /\/c\/(\d+)$/.exec(this.page.url())?.[1];
      if (id === undefined) throw new Error(`No conversation in the address ${this.page.url()}`);
      return Number(id);
    });
  }

  /** Presses Tab (or Shift+Tab) until `target` has the focus, from when it is there. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 60): Promise<void> {
    await target.first().waitFor({ state: 'attached' });
    for (let press = 0; press < most; press++) {
      await this.page.keyboard.press(key);
      if (await hasFocus(target)) return;
    }
    throw new Error(`${key} never reached ${target.toString()}`);
  }

  private hear(message: ConsoleMessage): void {
    if (!['error', 'warning'].includes(message.type()) && !/Refused to|Content.Security.Policy/i.test(message.text())) return;
    const fault = `console ${message.type()}: ${message.text()} (${message.location().url})`;
    if (!this.allowed.some((pattern) => pattern.test(fault))) this.faults.push(fault);
  }
}

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement));
}
