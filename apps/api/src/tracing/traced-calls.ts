import { type BegunCall, type CallEnd, type CallObserver, type CallWitness } from '@echo/api-providers';
import { type Attributes, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { type SpanScope } from './span-scope';

/** A span for each try to get an answer out of a provider, by the conventions for generative AI, without what is asked and answered. The provider hears nothing of it. */
export class TracedCalls implements CallObserver {
  constructor(
    private readonly tracer: Tracer,
    private readonly scope: SpanScope,
  ) {}

  began({ model: id, attempt }: BegunCall): CallWitness {
    const slash = id.indexOf('/');
    const [provider, model] = [id.slice(0, slash), id.slice(slash + 1)];
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model,
      'gen_ai.request.stream': true,
      'echo.call.attempt': attempt,
    };
    const span = this.tracer.startSpan(`chat ${model}`, { kind: SpanKind.CLIENT, attributes }, this.scope.current);
    return {
      ended: (end) => {
        if (!span.isRecording()) return;
        span.setAttributes(outcomeOf(end));
        // A person's Stop is no fault.
        if (end.error !== undefined && end.error !== 'aborted') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }
}

function outcomeOf({ reason, usage, model, error, status }: CallEnd): Attributes {
  return {
    ...(reason === undefined ? {} : { 'gen_ai.response.finish_reasons': [reason] }),
    ...(model === undefined ? {} : { 'gen_ai.response.model': model }),
    ...(usage === undefined ? {} : { 'gen_ai.usage.input_tokens': usage.input_tokens, 'gen_ai.usage.output_tokens': usage.output_tokens }),
    ...(error === undefined ? {} : { 'error.type': error }),
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
  };
}
