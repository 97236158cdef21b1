import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { flowFindings } from './flow-findings';

const EVENTS = [1, 2, 3, 4].map((number) => `data: {"number":${number},"of":4,"sent_ms":${(number - 1) * 60}}\n\n`);

describe('what is found about the public address', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function lookAt(answer: RequestListener) {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return flowFindings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  const streamed =
    (send: (write: (text: string) => void) => Promise<void>): RequestListener =>
    (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      void send((text) => response.write(text)).then(() => response.end());
    };
  const refused =
    (status: number, body = '', headers = {}): RequestListener =>
    (_, response) =>
      response.writeHead(status, headers).end(body);

  it('is nothing where text comes as it is sent', async () => {
    const findings = await lookAt(
      streamed(async (write) => {
        for (const event of EVENTS) {
          write(event);
          await pause(60);
        }
      }),
    );
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it('is that something holds text back, where it comes in one lump', async () => {
    const [, flow] = await lookAt(
      streamed(async (write) => {
        await pause(200);
        write(EVENTS.join(''));
      }),
    );
    expect(flow).toMatchObject({
      state: 'fault',
      words: expect.stringMatching(/sent in 180 ms came within .*held back.*buffering/) as string,
    });
  });

  it('is that something ends connections, where a part is missing', async () => {
    const [, flow] = await lookAt(streamed(async (write) => Promise.resolve(write(EVENTS[0] ?? ''))));
    expect(flow).toMatchObject({ state: 'fault', words: expect.stringMatching(/^Only 1 of the events/) as string });
  });

  it.each([
    ['a proxy that changes the host', refused(403, '{"code":"host_not_allowed"}'), /does not pass on the Host/],
    ['a proxy that reaches nothing', refused(502, 'Bad Gateway'), /answers 502.*right port/],
    ['a proxy that leads elsewhere', refused(308, '', { location: 'https://chat.example/' }), /leads on to https:\/\/chat\.example\//],
    ['something else', refused(200, '<html>', { 'content-type': 'text/html' }), /not this release of EchoV2/],
  ])('is what to do about %s', async (_, answer, words) => {
    expect(await lookAt(answer)).toEqual([{ state: 'fault', about: 'public address', words: expect.stringMatching(words) as string }]);
  });

  it('is why nothing answers', async () => {
    await lookAt(refused(200));
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await flowFindings(`http://127.0.0.1:${port}`)).toMatchObject([
      { state: 'fault', words: expect.stringMatching(/ECONNREFUSED/) as string },
    ]);
  });

  it('is nothing where there is none', async () => {
    server = createServer();
    expect(await flowFindings(undefined)).toMatchObject([{ state: 'ok' }]);
  });
});
