import { masterKeyOf } from './master-key';
import { SealBox, type SealPlace } from './seal-box';
import { type CanaryCage, Sealer, type SealedTexts, WrongMasterKeyError } from './sealer';

const OLD = masterKeyOf('Yp3kq1Zr8vN5uT0wXa7bGd2eHf9jLmQs4');
const NEW = masterKeyOf('mV6sRb1Kc9Wn3Xz5Ju0Lq8Td2Fh7Gy4Pe');
const PLACE: SealPlace = { table: 'provider', id: 'openai', column: 'api_key' };

class Memory implements CanaryCage, SealedTexts {
  canary: string | undefined;
  sealed: string | undefined;

  read = () => Promise.resolve(this.canary);
  put = (sealed: string) => Promise.resolve((this.canary ??= sealed));

  replace(reseal: (sealed: string, place: SealPlace) => string | undefined): Promise<number> {
    const fresh = this.sealed === undefined ? undefined : reseal(this.sealed, PLACE);
    this.sealed = fresh ?? this.sealed;
    return Promise.resolve(fresh === undefined ? 0 : 1);
  }
}

describe('the sealer', () => {
  it('starts without any key where nothing was ever sealed, and leaves nothing behind', async () => {
    const memory = new Memory();
    const noKey = (): SealBox => {
      throw new Error('The key was asked for.');
    };
    expect(await new Sealer(noKey, memory, memory).start()).toBe(0);
    expect(memory.canary).toBeUndefined();
  });

  it('refuses to start with another key than the one that sealed, in a sentence', async () => {
    const memory = new Memory();
    await new Sealer(() => new SealBox(OLD), memory, memory).seal('s', PLACE);
    const start = new Sealer(() => new SealBox(NEW), memory, memory).start();
    await expect(start).rejects.toThrow(WrongMasterKeyError);
    await expect(start).rejects.toThrow(/Set the key that was used before/);
  });

  it('seals nothing beside the secrets of another key', async () => {
    const memory = new Memory();
    await new Sealer(() => new SealBox(OLD), memory, memory).seal('s', PLACE);
    await expect(new Sealer(() => new SealBox(NEW), memory, memory).seal('s', PLACE)).rejects.toThrow(WrongMasterKeyError);
  });

  it('seals everything anew at the first start with a new key', async () => {
    const memory = new Memory();
    memory.sealed = await new Sealer(() => new SealBox(OLD), memory, memory).seal('the secret', PLACE);
    const rotated = new Sealer(() => new SealBox(NEW, [OLD]), memory, memory);
    expect(await rotated.start()).toBe(1);
    expect(await rotated.start()).toBe(0);
    expect(new SealBox(NEW).open(memory.sealed, PLACE)).toBe('the secret');
  });
});
