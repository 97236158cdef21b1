import { type Context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';

/** For which span something is being done. What is started for it is its child, also when it has ended. */
export class SpanScope {
  private readonly store = new AsyncLocalStorage<Context>();

  get current(): Context {
    return this.store.getStore() ?? ROOT_CONTEXT;
  }

  /** Does `work`, and all that it starts, for `span`. */
  within<T>(span: Span, work: () => T): T {
    return this.store.run(trace.setSpan(this.current, span), work);
  }
}
