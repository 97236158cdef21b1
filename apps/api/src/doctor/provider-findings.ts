import { AdministrationModule, SettingsWatch } from '@echo/api-administration';
import { Database, PersistenceModule, ProviderStore, SealedTextStore } from '@echo/api-persistence';
import { ModelRegistry, ProvidersModule } from '@echo/api-providers';
import { Sealer } from '@echo/api-security';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { existsSync } from 'node:fs';
import { type Settings } from '../config/settings';
import { SealingModule } from '../sealing/sealing.module';
import { masterKeyFile } from './data-folder-finding';
import { type Finding, fault, note, ok } from './finding';

const KEY = 'master key';

@Module({})
class ProviderLook {}

/** How the providers stand that the environment names. They are asked for their list of models, which costs nothing. */
export async function fixedProviderFindings(settings: Settings): Promise<Finding[]> {
  const registry = new ModelRegistry(settings.providers);
  try {
    return await statesOf(registry);
  } finally {
    await registry.onApplicationShutdown();
  }
}

/** The same with those that administrators added, and whether the master key opens what is sealed. The schema must be up to date. */
export async function allProviderFindings(settings: Settings, url: string): Promise<Finding[]> {
  const context = await open(settings, url);
  try {
    await context.get(Database).connect();
    const key = await keyFinding(context, settings);
    if (key.state === 'fault') return [key, ...(await statesOf(context.get(ModelRegistry)))];
    await context.get(SettingsWatch).load();
    const states = await statesOf(context.get(ModelRegistry));
    return [key, ...states, ...(await lockedOf(context))];
  } finally {
    await context.close();
  }
}

function open(settings: Settings, url: string): Promise<INestApplicationContext> {
  const persistence = PersistenceModule.register({ url, poolSize: 2 });
  const providers = ProvidersModule.register({ ...settings.providers, discoverLocal: false });
  const sealing = SealingModule.register(settings.sealing, persistence);
  const administration = AdministrationModule.register([persistence, providers, sealing]);
  const module = { module: ProviderLook, imports: [persistence, providers, sealing, administration] };
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}

/** Looks without making a key and without sealing anything anew. */
async function keyFinding(context: INestApplicationContext, { sealing }: Settings): Promise<Finding> {
  if ((await context.get(SealedTextStore).read()) === undefined) return ok(KEY, 'Nothing is sealed yet.');
  if (sealing.previousKeys.length > 0) return note(KEY, 'It is being changed: at the next start all secrets are sealed by the new one.');
  if (sealing.masterKey === undefined && !existsSync(masterKeyFile(sealing.dataDir)))
    return fault(
      KEY,
      `Secrets are sealed, and neither ECHO_MASTER_KEY is set nor is there ${masterKeyFile(sealing.dataDir)}. Bring it back.`,
    );
  return context
    .get(Sealer)
    .start()
    .then(
      () => ok(KEY, 'It opens what is sealed.'),
      (error: unknown) => fault(KEY, (error as Error).message),
    );
}

async function statesOf(registry: ModelRegistry): Promise<Finding[]> {
  const states = [...(await registry.states()).values()];
  if (states.length === 0)
    return [
      note('providers', 'None is set: only the built-in Guide answers. Set one in the environment, or in the page as an administrator.'),
    ];
  return states.map(({ id, problem, default_model }) =>
    problem === null
      ? ok(`provider ${id}`, `It answers${default_model === null ? '' : `; ${default_model} is asked when no model is named`}.`)
      : fault(`provider ${id}`, problem),
  );
}

/** Providers that are switched on and not in use: their secrets were sealed by another key. */
async function lockedOf(context: INestApplicationContext): Promise<Finding[]> {
  const inUse = await context.get(ModelRegistry).states();
  const rows = await context.get(ProviderStore).list();
  return rows
    .filter(({ id, enabled }) => enabled && !inUse.has(id))
    .map(({ id }) => fault(`provider ${id}`, 'Its secrets were sealed by another master key. Enter its key again in the page.'));
}
