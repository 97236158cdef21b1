import { SetupLink } from '@echo/api-accounts';
import { SettingsWatch } from '@echo/api-administration';
import { RunKeeper } from '@echo/api-chat';
import { type EmbeddedPostgres, startEmbeddedPostgres, StorageUnavailableError } from '@echo/api-persistence';
import { Sealer } from '@echo/api-security';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadVariables } from './config/load-variables';
import { readSettings } from './config/read-settings';
import { type Settings } from './config/settings';
import { createApp } from './create-app';
import { AppLogger } from './logging/app-logger';
import { Voice } from './logging/voice';
import { openTracing, type Tracing } from './tracing/tracing';

const WEB_ROOT = resolve(__dirname, '../../web/dist/browser');

/** Milliseconds between two tries to read from a database that went away. */
const RETRY_MS = 1_000;

/** Signals that come closer together than this are one. */
const SAME_SIGNAL_MS = 300;

/** Starts the whole application and stays until a signal ends it. */
export async function start(): Promise<void> {
  const voice = new Voice();
  const server = new RunningServer(voice);
  // The last resort: one forgotten error, of a library's listener for example, must not end the answers of everybody else.
  const survive = (error: unknown): void => voice.wonder(error);
  // Nobody reads any more what we say. Told as an error it would be said again, without end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('unhandledRejection', survive).on('uncaughtException', survive);
  process.on('SIGTERM', () => server.stopBySignal());
  process.on('SIGINT', () => server.stopBySignal());
  try {
    await server.start(readSettings(loadVariables(), (line) => voice.complain(line)));
  } catch (error) {
    // Nothing can go on from here: the operator must change something, and is told what.
    if (!server.isStopping) voice.complain(sentenceOf(error));
    await server.stop(1);
  }
}

/** The database, the application and how both end. */
class RunningServer {
  private database: EmbeddedPostgres | undefined;
  private app: NestExpressApplication | undefined;
  private tracing: Tracing | undefined;
  private stopping: Promise<void> | undefined;
  private signalledAt = -Infinity;
  private readonly abort = new AbortController();
  private starting: Promise<void> = Promise.resolve();

  constructor(private readonly voice: Voice) {}

  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  start(settings: Settings): Promise<void> {
    this.starting = this.begin(settings);
    return this.starting;
  }

  /** The first signal ends cleanly; a second one at once. One Ctrl-C may come twice: from the terminal, and passed on by npm. */
  stopBySignal(): void {
    if (this.stopping) {
      if (performance.now() - this.signalledAt > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    this.signalledAt = performance.now();
    void this.stop(0);
  }

  stop(code: number): Promise<void> {
    this.stopping ??= this.end().then(
      () => process.exit(code),
      (error: unknown) => {
        this.voice.complain(sentenceOf(error));
        process.exit(1);
      },
    );
    return this.stopping;
  }

  private async begin(settings: Settings): Promise<void> {
    const logger = new AppLogger(settings.logging);
    if (settings.logging.format === 'json') this.voice.speakThrough(logger);
    const say = (line: string): void => this.voice.say(line);
    if (settings.database.url === undefined) {
      this.database = await startEmbeddedPostgres({ dataDir: settings.database.dataDir, log: say, signal: this.abort.signal });
    }
    this.tracing = await openTracing(settings.tracing, logger);
    const url = settings.database.url ?? this.database?.url ?? '';
    const app = await createApp(
      {
        accounts: settings.accounts,
        proxy: settings.proxy,
        site: settings.site,
        metrics: settings.metrics,
        persistence: { url, poolSize: settings.database.poolSize },
        sealing: settings.sealing,
        providers: settings.providers,
        chat: { ...settings.chat, aloneOnDatabase: this.database !== undefined, onFenced: () => this.dieFenced() },
      },
      WEB_ROOT,
      logger,
      this.tracing,
    );
    this.app = app;
    await app.init();
    const port = await listen(app.getHttpServer(), settings.listen);
    // Not awaited: a database of the operator's may come later, and a signal must end us before it has.
    const address = `http://${inUrl(settings.listen.host)}:${port}`;
    void this.getReady(app, address).then(
      (setup) => {
        if (this.stopping) return;
        // Whoever waits for the line that it is ready has read the link by then.
        if (setup !== undefined) say(setup);
        say(`EchoV2 is ready on ${address}`);
      },
      (error: unknown) => {
        if (!this.isStopping) this.voice.complain(sentenceOf(error));
        void this.stop(1);
      },
    );
  }

  /**
   * Waits for the database, makes sure of the master key and reads what administrators set. Returns what tells how to make the first one, where there is none.
   * Rejects when an operator must do something.
   */
  private async getReady(app: NestExpressApplication, address: string): Promise<string | undefined> {
    await app.get(RunKeeper).whenReady();
    for (;;) {
      try {
        const resealed = await app.get(Sealer).start();
        if (resealed > 0) this.voice.say(`${resealed} secrets are sealed by the new master key now.`);
        await app.get(SettingsWatch).start();
        return await app.get(SetupLink).offer(address);
      } catch (error) {
        // The database went away again: it may come back.
        if (!(error instanceof StorageUnavailableError)) throw error;
        await sleep(RETRY_MS, undefined, { signal: this.abort.signal });
      }
    }
  }

  private async end(): Promise<void> {
    this.abort.abort();
    // What is being started must be there before it can be ended; why it could not start was told to whoever started it.
    await this.starting.catch(() => undefined);
    await this.app?.close();
    // The last answers have ended by now.
    await this.tracing?.close();
    await this.database?.stop();
  }

  /** Another replica has closed our runs. What we hold in memory must reach nobody any more. */
  private dieFenced(): void {
    this.voice.complain('Another replica took over the runs of this one, which did not answer for too long. This process ends.');
    process.exit(1);
  }
}

/** Listens without Nest's help, which would log a taken port with a stack. Returns the real port. */
async function listen(server: Server, { host, port }: Settings['listen']): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** A host as a URL spells it; for all addresses of this machine the one that browsers on it can open. */
function inUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function sentenceOf(error: unknown): string {
  const { code, message, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${address} is taken by another program. Stop it, or set PORT to another number (0: any free one).`;
  if (code === 'EACCES' && port !== undefined) return `Port ${port} may not be used by this user. Set PORT to a number above 1023.`;
  return message || String(error);
}
