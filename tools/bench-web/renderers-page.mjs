// Runs in the browser: each renderer draws the same text, 9 characters at a time.
import { createComponent, effect, provideZonelessChangeDetection, runInInjectionContext, signal } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { MarkdownDrawing, MarkdownView } from '@echo/web-markdown';
import { MarkdownComponent, provideMarkdown } from 'ngx-markdown';
import * as smd from 'streaming-markdown';

const STEP = 9;
const application = await createApplication({ providers: [provideZonelessChangeDetection(), provideMarkdown()] });

const RENDERERS = {
  /** What draws, without the component around it: `streaming-markdown` is none, either. */
  'echo-drawing': (host) => {
    const drawing = runInInjectionContext(application.injector, () => new MarkdownDrawing(host));
    return { draw: (text, isLast) => drawing.show(text, !isLast), end: () => drawing.destroy() };
  },
  echo: (host) => {
    const { ref, end } = mount(MarkdownView, host);
    ref.setInput('streaming', true);
    return {
      draw: (text, isLast) => {
        ref.setInput('text', text);
        if (isLast) ref.setInput('streaming', false);
        application.tick();
      },
      end,
    };
  },
  'ngx-markdown': (host) => {
    const { ref, end } = mount(MarkdownComponent, host);
    return {
      draw: (text) => {
        ref.setInput('data', text);
        application.tick();
      },
      end,
    };
  },
  'streaming-markdown': appending,
  /** As an Angular application would use it: what it appends comes from a signal. */
  'streaming-markdown in Angular': (host) => {
    const { draw } = appending(host);
    const shown = signal({ text: '', isLast: false });
    const watch = effect(() => draw(shown().text, shown().isLast), { injector: application.injector });
    return {
      draw: (text, isLast) => {
        shown.set({ text, isLast });
        application.tick();
      },
      end: () => watch.destroy(),
    };
  },
  /** Draws nothing: what the steps themselves take. */
  none: () => ({ draw: () => undefined, end: () => undefined }),
};

function appending(host) {
  const parser = smd.parser(smd.default_renderer(host));
  let written = 0;
  return {
    draw: (text, isLast) => {
      smd.parser_write(parser, text.slice(written));
      written = text.length;
      if (isLast) smd.parser_end(parser);
    },
    end: () => undefined,
  };
}

function mount(component, hostElement) {
  const ref = createComponent(component, { environmentInjector: application.injector, hostElement });
  application.attachView(ref.hostView);
  return { ref, end: () => ref.destroy() };
}

const { port1, port2 } = new MessageChannel();
/** A task of its own for each step, so that what a renderer puts off is done before the next one. It is to cost little beside that. */
const nextTask = () =>
  new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

/** Draws the text and resolves to the number of characters that are on show. */
globalThis.drawWith = async (name, text) => {
  const stage = document.body.appendChild(document.createElement('div'));
  // Layout and paint are not script, and drawing in vain is the same for all.
  stage.hidden = true;
  const host = stage.appendChild(document.createElement('div'));
  const { draw, end } = RENDERERS[name](host);
  for (let at = STEP; at < text.length + STEP; at += STEP) {
    draw(text.slice(0, at), at >= text.length);
    await nextTask();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  const shown = host.textContent.length;
  end();
  stage.remove();
  return shown;
};
