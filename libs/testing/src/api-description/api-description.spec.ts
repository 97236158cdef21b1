import { ApiDescription } from './api-description';
import { type Exchange } from './exchange';

const object = (properties: object, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const problem = (...codes: string[]) => ({
  'application/problem+json': { schema: { allOf: [ref('Problem'), { type: 'object', properties: { code: { enum: codes } } }] } },
});

const DESCRIPTION = new ApiDescription({
  paths: {
    '/api/things': {
      get: { responses: { 200: { content: json('Things') }, 404: { content: problem('gone') } } },
      post: { responses: { 200: { content: { ...json('Thing'), 'text/event-stream': { schema: ref('RunEvent') } } } } },
    },
    '/api/things/{id}': { delete: { responses: { 204: { description: 'Gone.' } } } },
    '/api/things/{id}/parts': { get: { responses: { 200: { content: json('Things') } } } },
  },
  components: {
    schemas: {
      Thing: object({ id: { type: 'integer' }, name: { type: ['string', 'null'] } }),
      Things: object({ items: { type: 'array', items: ref('Thing') } }),
      Problem: object({ code: { type: 'string' }, detail: { type: 'string' } }),
      Chunk: object({ type: { enum: ['content'] }, chunk: { type: 'string' } }),
      Done: object({ type: { enum: ['done'] } }),
      RunEvent: { oneOf: [ref('Chunk'), ref('Done')] },
    },
  },
});

/** An answer to `GET /api/things`, unless told otherwise. */
const answer = (body: unknown, more: Partial<Exchange> = {}): Exchange => ({
  method: 'GET',
  path: '/api/things?limit=1',
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isWhole: true,
  ...more,
});
const stream = (...data: string[]): Exchange =>
  answer(data.map((each) => `data: ${each}\n\n`).join(''), { method: 'POST', path: '/api/things', contentType: 'text/event-stream' });
const refusal = (code: string, more: Partial<Exchange> = {}): Exchange =>
  answer({ code, detail: 'No.' }, { status: 404, contentType: 'application/problem+json', ...more });
const judge = (exchange: Exchange) => () => DESCRIPTION.check(exchange);

describe('a description', () => {
  const CONTENT = '{"type":"content","chunk":"a"}';

  it.each([
    ['a body as described', answer({ items: [{ id: 1, name: null }] })],
    ['a problem of this route', refusal('gone')],
    ['no body where there is none', answer('', { method: 'DELETE', path: '/api/things/5', status: 204, contentType: '' })],
    ['the head of an answer', answer('', { method: 'HEAD' })],
    ['a route with a slash at its end', answer({ items: [] }, { path: '/api/things/' })],
    ['a stream of its events', stream(CONTENT, '{"type":"done"}')],
    ['a stream that was cut in the middle of an event', { ...stream(CONTENT), body: `data: ${CONTENT}\n\ndata: {"ty`, isWhole: false }],
    ['a body that was cut', answer('{"items":[{"i', { isWhole: false })],
    ['a problem where no route is', refusal('not_found', { path: '/api/nothing' })],
    ['a problem for what is no HTTP', refusal('malformed', { method: '', path: '', status: 400 })],
    ['a preflight that succeeds', answer('', { method: 'OPTIONS', status: 204, contentType: '' })],
  ])('knows %s', (_, exchange) => {
    expect(judge(exchange)).not.toThrow();
  });

  it.each([
    ['an unknown status', answer({ items: [] }, { status: 201 }), /GET \/api\/things was answered 201, which/],
    ['an unknown content type', answer({ items: [] }, { contentType: 'text/html' }), /200 as text\/html, which/],
    ['a body of another route', answer({ items: [] }, { method: 'POST', path: '/api/things' }), /property 'id'/],
    ['an extra property', answer({ items: [{ id: 1, name: 'a', secret: 2 }] }), /additional properties/],
    ['a missing property', answer({ items: [{ id: 1 }] }), /must have required property 'name'/],
    ['a wrong type', answer({ items: [{ id: '1', name: 'a' }] }), /items\/0\/id must be integer/],
    ['a body that is no JSON', answer('<h1>'), /answer 200 to GET \/api\/things is not as described/],
    ['a problem code of another route', refusal('malformed'), /code must be equal to one of the allowed values/],
    ['an unknown event', stream(CONTENT, '{"type":"surprise"}'), /an event of POST \/api\/things is not as described/],
    ['an event with an extra property', stream('{"type":"done","why":1}'), /additional properties/],
    ['an event of a stream that was cut', { ...stream('{"type":"surprise"}'), isWhole: false }, /surprise/],
    ['an event that is no JSON', stream('[DONE]'), /\[DONE\]/],
    ['success where no route is', answer({ items: [] }, { path: '/api/nothing' }), /GET \/api\/nothing was answered 200, which/],
    ['a page where no route is', answer('<h1>', { path: '/api/no', status: 404, contentType: 'text/html' }), /404 as text\/html/],
    ['a problem that is none', answer({ oops: 1 }, { path: '/api/no', status: 404, contentType: 'application/problem+json' }), /property/],
  ])('throws at %s', (_, exchange, words) => {
    expect(judge(exchange)).toThrow(words);
  });
});
