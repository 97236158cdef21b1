import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

/* eslint-disable @typescript-eslint/no-explicit-any -- an OpenAPI document is JSON of any shape */

/** The OpenAPI description that the application serves, as a judge of what it answers. */
export class ApiDescription {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(readonly document: any) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'api', components: { schemas: closed(document.components.schemas) } });
  }

  static async of(url: string): Promise<ApiDescription> {
    return new ApiDescription(await (await fetch(`${url}/api/openapi.json`)).json());
  }

  /** Throws unless the description knows this answer of this route, and the body is as it says. */
  checkAnswer(method: string, path: string, status: number, contentType: string | undefined, body: unknown): void {
    const route = `${method.toUpperCase()} ${path.split('?')[0]}`;
    const answer = this.operation(method, path)?.responses[status];
    if (!answer) throw new Error(`${route} answered ${status}, which the description does not know: ${JSON.stringify(body)}`);
    if (status === 204) return;
    const type = (contentType ?? '').split(';')[0] ?? '';
    const schema = answer.content?.[type]?.schema;
    if (!schema) throw new Error(`${route} answered ${status} as ${type}, which the description does not know.`);
    // The events of a stream are checked one by one.
    if (type !== 'text/event-stream') this.check(schema, body, `${route} ${status}`);
  }

  /** Throws unless this is one of the events that the description knows. */
  checkEvent(event: unknown): void {
    this.check({ $ref: '#/components/schemas/RunEvent' }, event, 'an event');
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

  private check(schema: object, value: unknown, what: string): void {
    const key = JSON.stringify(schema);
    const validate = this.checks.get(key) ?? this.ajv.compile(JSON.parse(key.replaceAll('"#/components', '"api#/components')));
    this.checks.set(key, validate);
    if (!validate(value)) throw new Error(`${what} is not as described: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
  }
}

/** Refuses properties that the description does not name. Inside `allOf` parts must stay open. */
function closed(value: any): any {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  return copy['type'] === 'object' && copy['properties'] ? { ...copy, additionalProperties: false } : copy;
}
