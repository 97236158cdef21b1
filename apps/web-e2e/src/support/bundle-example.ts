import { WORKSPACE } from '@echo/testing';
import { build } from 'esbuild';
import { join } from 'node:path';

const CLIENT = join(WORKSPACE, 'libs/web/chat-client/dist');

/** The example of `@echo/web-chat-client` as a script for somebody else's page, as it is built for them; the API is at `baseUrl`. It fills `<echo-example-chat>`. */
export async function bundleExample(baseUrl: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      resolveDir: WORKSPACE,
      // The compiler does the half that a library leaves to the application: here in the browser, which is quick enough for a test.
      contents: `
        import '@angular/compiler';
        import { provideZonelessChangeDetection } from '@angular/core';
        import { bootstrapApplication } from '@angular/platform-browser';
        import { provideChatSettings } from ${JSON.stringify(join(CLIENT, 'index.js'))};
        import { ExampleChat } from ${JSON.stringify(join(CLIENT, 'example/example-chat.js'))};
        void bootstrapApplication(ExampleChat, {
          providers: [provideZonelessChangeDetection(), provideChatSettings({ baseUrl: ${JSON.stringify(baseUrl)} })],
        });`,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
