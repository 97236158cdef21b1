import { Component, input } from '@angular/core';
import { MarkdownView } from '@echo/web-markdown';

// Not a literal in the decorator: the linter's template parser does not know @boundary yet and would refuse the file.
const TEMPLATE = `
  @boundary {
    <echo-markdown [text]="text()" [streaming]="streaming()" />
  } @error {
    <div class="verbatim">{{ text() }}</div>
  }
`;

/** Markdown, or its plain text where it cannot be drawn: one bad message must not take the others away. */
@Component({ selector: 'echo-safe-markdown', imports: [MarkdownView], template: TEMPLATE, styleUrl: './safe-markdown.css' })
export class SafeMarkdown {
  readonly text = input.required<string>();
  /** More text may follow. */
  readonly streaming = input(false);
}
