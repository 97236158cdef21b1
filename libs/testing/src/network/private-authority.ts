import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority that only its company knows. Made by openssl, and gone after `remove`. */
export class PrivateAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'echo-ca-'));

  constructor() {
    this.#openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      ...KEY('ca'),
      ...SUBJECT('Company CA'),
    );
  }

  /** The file for `NODE_EXTRA_CA_CERTS`. */
  get file(): string {
    return join(this.#folder, 'ca.pem');
  }

  /** PEM. */
  get certificate(): string {
    return readFileSync(this.file, 'utf8');
  }

  /** What a server needs that is called `host`. */
  issue(host: string): { readonly key: Buffer; readonly cert: Buffer } {
    writeFileSync(join(this.#folder, 'names'), `subjectAltName=DNS:${host}`);
    this.#openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      'server.key',
      '-out',
      'server.csr',
      ...SUBJECT(host),
    );
    this.#openssl(
      'x509',
      '-req',
      '-in',
      'server.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '2',
      '-extfile',
      'names',
      '-out',
      'server.pem',
    );
    return { key: readFileSync(join(this.#folder, 'server.key')), cert: readFileSync(join(this.#folder, 'server.pem')) };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #openssl(...parameters: readonly string[]): void {
    execFileSync('openssl', parameters, { cwd: this.#folder, stdio: 'pipe' });
  }
}

const KEY = (name: string): string[] => ['-keyout', `${name}.key`, '-out', `${name}.pem`];
const SUBJECT = (name: string): string[] => ['-subj', `/CN=${name}`];
