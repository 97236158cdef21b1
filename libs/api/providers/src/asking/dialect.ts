import { type ModelRequest } from '../language-model';
import { type HttpCall } from '../transport/http-transport';
import { type ServerSentEvent } from '../transport/server-sent-events';
import { type WirePart } from '../wire-model';
import { type AskingStyle, type OptionalField } from './asking-style';

/** Turns the events of one answer into parts. Throws a `ProviderError` at the first one that cannot be part of an answer. */
export interface AnswerDecoder {
  /** Nothing more is to be read. */
  readonly done: boolean;
  /** A finish reason came: only figures may follow. */
  readonly finished: boolean;
  accept(event: ServerSentEvent): readonly WirePart[];
  /** An answer that came as one JSON document. */
  acceptWhole(body: unknown): readonly WirePart[];
  /** The last parts, when nothing more will come. Throws kind `truncated` when the provider never said that it was done. */
  end(): readonly WirePart[];
}

/** What differs between wires when one model is asked. */
export interface Dialect {
  /** How the pieces of an answer are told apart: server-sent events, or lines of JSON. */
  readonly framing: 'events' | 'lines';
  /** What this request sends and may be refused. */
  optional(request: ModelRequest): readonly OptionalField[];
  call(request: ModelRequest, style: AskingStyle): HttpCall;
  decoder(request: ModelRequest, style: AskingStyle): AnswerDecoder;
}
