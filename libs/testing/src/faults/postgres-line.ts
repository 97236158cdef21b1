import { type ConnectionTap, FaultProxy, type ProxiedConnection } from './fault-proxy';
import { type PostgresMessage, PostgresMessageReader, sqlOf } from './postgres-messages';
import { type SeededRandom } from './seeded-random';

/** A statement that waits on the line: not seen by the server yet, or done by it while the client does not know. */
export interface HeldStatement {
  /** Lets it go on. */
  release(): void;
  /** Resets the connection. */
  cut(): void;
}

interface Ambush {
  readonly statement: RegExp;
  readonly moment: 'before' | 'after';
  readonly happened: (held: HeldStatement) => void;
}

/** A line to a PostgreSQL that can be held at a certain statement, or just after it was done: the moments at which nobody can know what happened. */
export class PostgresLine {
  /** Whether what `NOTIFY` tells is lost on the way. */
  dropNotices = false;
  /** Hears every statement that a client runs. */
  onStatement: (sql: string) => void = () => undefined;
  private readonly ambushes: Ambush[] = [];

  /** The line itself, with its toxics. */
  proxy!: FaultProxy;

  private constructor(private readonly target: string) {}

  /** `url` of the server. */
  static async start(url: string, random?: SeededRandom): Promise<PostgresLine> {
    const line = new PostgresLine(url);
    line.proxy = await FaultProxy.start({
      port: Number(new URL(url).port),
      random,
      tap: (connection) => line.tap(connection),
    });
    return line;
  }

  /** The server's URL through this line. */
  get url(): string {
    return this.proxy.through(this.target);
  }

  /**
   * Resolves when what the next such statement does waits to become lasting: before the server is told, or after it was done. Within a transaction that
   * is its COMMIT, else the statement itself.
   */
  hold(moment: Ambush['moment'], statement: RegExp): Promise<HeldStatement> {
    return new Promise((happened) => this.ambushes.push({ statement, moment, happened }));
  }

  private tap(connection: ProxiedConnection): ConnectionTap {
    const [fromClient, fromServer] = [new PostgresMessageReader(true), new PostgresMessageReader(false)];
    const prepared = new Map<string, string>();
    let isInTransaction = false;
    let atCommit: Ambush | undefined;
    let awaited: Ambush | undefined;
    let answer: PostgresMessage[] = [];
    return {
      up: async (bytes) => {
        const messages = fromClient.push(bytes);
        for (const message of messages) {
          const sql = sqlOf(message, prepared);
          if (sql === undefined) continue;
          this.onStatement(sql);
          const command = /^\s*(start transaction|commit|rollback)/i.exec(sql)?.[1]?.toLowerCase();
          if (command === 'start transaction') isInTransaction = true;
          let ambush = this.takeAmbush(sql);
          if (isInTransaction && ambush) [atCommit, ambush] = [ambush, undefined];
          if (command === 'commit') [ambush, atCommit] = [atCommit, undefined];
          if (command === 'commit' || command === 'rollback') isInTransaction = false;
          if (ambush?.moment === 'before') await wait(ambush, connection);
          else awaited ??= ambush;
        }
        return join(messages);
      },
      down: async (bytes) => {
        answer.push(...fromServer.push(bytes));
        if (awaited) {
          // Done is what the server is ready after.
          if (!answer.some(({ type }) => type === 'Z')) return Buffer.alloc(0);
          const ambush = awaited;
          awaited = undefined;
          await wait(ambush, connection);
        }
        const through = answer.filter(({ type }) => !(type === 'A' && this.dropNotices));
        answer = [];
        return join(through);
      },
    };
  }

  private takeAmbush(sql: string): Ambush | undefined {
    const index = this.ambushes.findIndex(({ statement }) => statement.test(sql));
    return index < 0 ? undefined : this.ambushes.splice(index, 1)[0];
  }
}

function wait(ambush: Ambush, connection: ProxiedConnection): Promise<void> {
  return new Promise((release) => {
    const cut = (): void => {
      connection.reset();
      release();
    };
    ambush.happened({ release, cut });
  });
}

function join(messages: readonly PostgresMessage[]): Buffer {
  return Buffer.concat(messages.map(({ bytes }) => bytes));
}
