import { startTestPostgres, type TestPostgres } from '@echo/testing';
import { Test, type TestingModule } from '@nestjs/testing';
import { RunNotices } from '../connections/run-notices';
import { Database } from '../database';
import { type ProviderRow } from '../entities/provider.entity';
import { PersistenceModule } from '../persistence.module';
import { ProviderStore } from './provider.store';
import { SealedTextStore } from './sealed-text.store';
import { SettingStore } from './setting.store';

const ROW: ProviderRow = {
  id: 'lab',
  name: 'Lab',
  wire: 'openai-chat',
  baseUrl: 'https://lab.example/v1',
  apiKey: 'sealed key',
  keyHint: 'f3a1',
  headers: 'sealed headers',
  query: null,
  models: ['small', 'large'],
  defaultModel: 'large',
  continues: true,
  templateTokens: 'escape',
  allowPrivate: false,
  enabled: true,
  connectTimeout: null,
  firstContentTimeout: 120,
  idleTimeout: null,
  totalTimeout: null,
};

describe('what administrators set, on a real PostgreSQL', () => {
  let postgres: TestPostgres;
  let module: TestingModule;
  let providers: ProviderStore;
  let settings: SettingStore;
  let sealed: SealedTextStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    module = await Test.createTestingModule({ imports: [PersistenceModule.register({ url: postgres.url, poolSize: 5 })] }).compile();
    await module.get(Database).connect();
    providers = module.get(ProviderStore);
    settings = module.get(SettingStore);
    sealed = module.get(SealedTextStore);
  });
  afterAll(async () => {
    await module.close();
    await postgres.stop();
  });

  it('keeps a provider whole, changes it whole and forgets it', async () => {
    expect(await providers.insert(ROW)).toBe(true);
    expect(await providers.insert({ ...ROW, name: 'Another' })).toBe(false);
    expect(await providers.find('lab')).toMatchObject(ROW);
    const changed = { ...ROW, baseUrl: 'https://other.example', apiKey: null, keyHint: null, models: null, enabled: false };
    expect(await providers.replace(changed)).toBe(true);
    expect(await providers.list()).toMatchObject([changed]);
    expect(await providers.delete('lab')).toBe(true);
    expect(await providers.delete('lab')).toBe(false);
    expect(await providers.replace(changed)).toBe(false);
    expect(await providers.find('lab')).toBeUndefined();
  });

  it('counts and tells every change, and nothing else', async () => {
    const notices = module.get(RunNotices);
    let told = 0;
    // The first one says that the line is open.
    const open = new Promise<void>((resolve) => {
      notices.listenToSettings(() => (told++ === 0 ? resolve() : undefined));
    });
    await notices.query('select 1', []);
    await open;
    const before = await settings.version();
    await providers.insert(ROW);
    await settings.write('fallbacks', { 'lab/small': ['lab/large'] });
    await providers.delete('nothing');
    expect(await settings.version()).toBe(before + 2);
    expect((await settings.all()).get('fallbacks')).toEqual({ 'lab/small': ['lab/large'] });
    while (told < 3) await notices.query('select 1', []);
    expect(told).toBe(3);
  });

  it('replaces every sealed text, but not one that was changed meanwhile', async () => {
    expect(await sealed.read()).toBeUndefined();
    expect(await sealed.put('sealed canary')).toBe('sealed canary');
    expect(await sealed.put('another canary')).toBe('sealed canary');
    const seen: string[] = [];
    const count = await sealed.replace((text, { table, id, column }) => {
      seen.push(`${table} ${id} ${column}`);
      return text.startsWith('sealed') ? `anew ${text}` : undefined;
    });
    expect(seen).toEqual(['provider lab api_key', 'provider lab headers', 'seal_canary 1 sealed']);
    expect(count).toBe(3);
    expect(await providers.find('lab')).toMatchObject({ apiKey: 'anew sealed key', headers: 'anew sealed headers', query: null });
    expect(await sealed.read()).toBe('anew sealed canary');
  });
});
