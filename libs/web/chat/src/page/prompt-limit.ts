import { DestroyRef, inject } from '@angular/core';
import { ApiProblem, ChatSession, ModelsApi } from '@echo/web-chat-client';

/** Holds the session to the operator's limit, as soon as the server has told it. To be called where a page is made. */
export async function keepPromptLimit(): Promise<void> {
  const [api, session, abort] = [inject(ModelsApi), inject(ChatSession), new AbortController()];
  inject(DestroyRef).onDestroy(() => abort.abort());
  try {
    session.limitPrompt((await api.server(abort.signal)).max_prompt_chars);
  } catch (error) {
    // Without the operator's figure the shipped one holds; the server checks in any case.
    if (!(error instanceof ApiProblem) && !abort.signal.aborted) throw error;
  }
}
