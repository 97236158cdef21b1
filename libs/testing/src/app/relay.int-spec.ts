import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Relay } from './relay';

describe('a relay', () => {
  let target: Server;
  let relay: Relay;
  let near: Socket;
  let far: Socket;

  beforeEach(async () => {
    target = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(target, 'listening');
    relay = await Relay.start();
    relay.port = (target.address() as AddressInfo).port;
    near = connect({ port: Number(new URL(relay.url).port), host: '127.0.0.1', allowHalfOpen: true }).setEncoding('utf8');
    [far] = (await once(target, 'connection')) as [Socket];
    far.setEncoding('utf8');
  });
  afterEach(() => {
    for (const socket of [near, far]) socket.destroy();
    relay.stop();
    target.close();
  });

  it('passes bytes on both ways, and each end by itself', async () => {
    near.end('ask');
    expect(await once(far, 'data')).toEqual(['ask']);
    await once(far, 'end');
    far.end('answer');
    expect(await once(near, 'data')).toEqual(['answer']);
    await once(near, 'end');
  });

  it('passes a cut on, whichever side it comes from', async () => {
    far.write('half');
    await once(near, 'data');
    far.resetAndDestroy();
    expect(await once(near, 'error')).toMatchObject([{ code: 'ECONNRESET' }]);
  });

  it('hangs up at the far side when the near side does', async () => {
    near.resetAndDestroy();
    await expect(once(far, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
