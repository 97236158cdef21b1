import { type SealBox, type SealPlace, UnsealError } from './seal-box';

/** Where the canary lives: one sealed text that tells at start whether the key is the right one. */
export interface CanaryCage {
  /** The canary; undefined until something was sealed. */
  read(): Promise<string | undefined>;
  /** Puts a canary in, unless there is one. Returns the one that is there. */
  put(sealed: string): Promise<string>;
}

/** Every sealed text of the database. */
export interface SealedTexts {
  /** Calls `reseal` with each; what it returns takes the text's place, unless it was changed meanwhile. Undefined: it stays. */
  replace(reseal: (sealed: string, place: SealPlace) => string | undefined): Promise<number>;
}

/** The master key is not the one that sealed what the database holds. */
export class WrongMasterKeyError extends Error {
  override readonly name = 'WrongMasterKeyError';

  constructor(options?: ErrorOptions) {
    super(
      'ECHO_MASTER_KEY is not the key that sealed the secrets in this database. Set the key that was used before (without one set it is the file ' +
        'master.key in the data folder), the same for every replica. To change it, set the old one as ECHO_MASTER_KEY_PREVIOUS.',
      options,
    );
  }
}

const CANARY = 'this is the right key';
const CAGE: SealPlace = { table: 'seal_canary', id: '1', column: 'sealed' };

/** Seals secrets before they are stored, and opens them. The first one it seals leaves a canary that makes a wrong key fail at the next start. */
export class Sealer {
  #isWitnessed = false;
  #box: SealBox | undefined;

  constructor(
    /** Called once, when something is to be sealed or opened: a server without secrets needs no key. */
    private readonly makeBox: () => SealBox,
    private readonly cage: CanaryCage,
    private readonly texts: SealedTexts,
  ) {}

  private get box(): SealBox {
    return (this.#box ??= this.makeBox());
  }

  /** Throws `WrongMasterKeyError` where another key sealed what is there. */
  async seal(text: string, place: SealPlace): Promise<string> {
    if (!this.#isWitnessed) this.#look(await this.cage.put(this.box.seal(CANARY, CAGE)));
    return this.box.seal(text, place);
  }

  /** Throws `UnsealError`. */
  open(sealed: string, place: SealPlace): string {
    return this.box.open(sealed, place);
  }

  /** To be called at start, once the database is there: makes sure of the key, and seals anew what a previous one sealed. Returns how many. */
  async start(): Promise<number> {
    const canary = await this.cage.read();
    if (canary === undefined) return 0;
    this.#look(canary);
    return this.texts.replace((sealed, place) =>
      this.box.isCurrent(sealed) ? undefined : this.box.seal(this.box.open(sealed, place), place),
    );
  }

  #look(canary: string): void {
    try {
      this.box.open(canary, CAGE);
    } catch (error) {
      if (error instanceof UnsealError) throw new WrongMasterKeyError({ cause: error });
      throw error;
    }
    this.#isWitnessed = true;
  }
}
