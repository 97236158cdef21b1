import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { createParser } from 'eventsource-parser';
import { type Exchange } from './exchange';

/* eslint-disable @typescript-eslint/no-explicit-any -- an OpenAPI document is JSON of any shape */

/** One JSON text a line. */
const LINES = 'application/x-ndjson';
/** Checked as the one string that it is. */
const TEXTS = ['text/plain', 'text/html'];
const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The OpenAPI description that the application serves, as a judge of what it answers. */
export class ApiDescription {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(readonly document: any) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'api', components: { schemas: closed(document.components.schemas) } });
  }

  /** Throws unless the description knows this answer of this route, and its body, or every event of its stream, is as it says. */
  check({ method, path, status, contentType, body, isWhole }: Exchange): void {
    const what = `${method || 'what is no HTTP'} ${path.split('?')[0]}`;
    const content = this.contentOf(method, path, status);
    if (!content) throw new Error(`${what} was answered ${status}, which the description does not know: ${body}`);
    if (status === 204) return;
    const type = contentType.split(';')[0] ?? '';
    const schema = content[type]?.schema;
    if (!schema) throw new Error(`${what} was answered ${status} as ${type}, which the description does not know: ${body}`);
    if (type === 'text/event-stream') this.checkEvents(schema, body, what);
    else if (type === LINES) for (const line of linesOf(body)) this.checkJson(schema, line, `a line of ${what}`);
    else if (isWhole && method !== 'HEAD')
      this.checkJson(schema, TEXTS.includes(type) ? JSON.stringify(body) : body, `the answer ${status} to ${what}`);
  }

  /** The forms that an answer may have, by media type; undefined where there is no such answer. */
  private contentOf(method: string, path: string, status: number): any {
    const operation = this.operation(method === 'HEAD' ? 'GET' : method, path);
    const answer = operation?.responses[status];
    if (operation) return answer && (answer.content ?? {});
    // Where no operation is, there is nothing but problems, and preflights that succeed.
    return status >= 400 ? PROBLEM : method === 'OPTIONS' && status === 204 ? {} : undefined;
  }

  private operation(method: string, path: string): any {
    const parts = (path.split('?')[0] ?? '').replace(/\/$/, '').split('/');
    const template = Object.keys(this.document.paths)
      .filter((each) => {
        const names = each.split('/');
        return names.length === parts.length && names.every((name, index) => name.startsWith('{') || name === parts[index]);
      })
      .sort((a, b) => a.split('{').length - b.split('{').length)[0];
    return template && this.document.paths[template][method.toLowerCase()];
  }

  /** The last event of a stream that was cut may be half of one: it is none. */
  private checkEvents(schema: object, text: string, what: string): void {
    const parser = createParser({ onEvent: ({ data }) => this.checkJson(schema, data, `an event of ${what}`) });
    parser.feed(text);
  }

  private checkJson(schema: object, text: string, what: string): void {
    const key = JSON.stringify(schema);
    const validate = this.checks.get(key) ?? this.ajv.compile(JSON.parse(key.replaceAll('"#/components', '"api#/components')));
    this.checks.set(key, validate);
    if (!validate(valueOf(text))) throw new Error(`${what} is not as described: ${this.ajv.errorsText(validate.errors)}\n${text}`);
  }
}

/** The lines that are whole. */
function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** What is no JSON is undefined, which no schema allows. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Refuses properties that the description does not name. Inside `allOf` parts must stay open. */
function closed(value: any): any {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  return copy['type'] === 'object' && copy['properties'] ? { ...copy, additionalProperties: false } : copy;
}
