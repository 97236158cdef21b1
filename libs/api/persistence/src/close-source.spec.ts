import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { type DataSource } from 'typeorm';
import { closeSource } from './close-source';

function sourceOf(connections: number) {
  const master = Object.assign(new EventEmitter(), { totalCount: connections });
  // As a pool does: it has ended before its connections have.
  const source = { driver: { master }, destroy: () => Promise.resolve() } as unknown as DataSource;
  return { source, master };
}

describe('closing a data source', () => {
  it('is done when each of its connections has said goodbye', async () => {
    const { source, master } = sourceOf(2);
    let isClosed = false;
    const closing = closeSource(source).then(() => (isClosed = true));
    await turn();
    master.emit('remove');
    await turn();
    expect(isClosed).toBe(false);
    master.emit('remove');
    await closing;
  });

  it('waits for nobody where nobody is', () => closeSource(sourceOf(0).source));
});
