import { WORKSPACE } from '@echo/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(WORKSPACE, 'libs/api/persistence/releases');

/** What a made-up person had when the database of a release was kept. */
export interface KeptPerson {
  readonly email: string;
  readonly name: string;
  readonly conversations: readonly {
    readonly id: number;
    readonly title: string;
    readonly pinned: boolean;
    readonly messages: readonly { readonly id: number; readonly role: string; readonly content: string; readonly status: string }[];
  }[];
}

/** What must be found in the database of a release, whatever comes later. */
export interface Story {
  readonly masterKey: string;
  readonly password: string;
  /** An API key of the last person. */
  readonly key: string;
  readonly provider: string;
  readonly people: readonly KeptPerson[];
  /** The answer that was being made when its server was killed. */
  readonly live: { readonly run_id: string; readonly conversation_id: number; readonly message_id: number };
}

/** Every release that was kept, oldest first. */
export const RELEASES: readonly string[] = readdirSync(FOLDER).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

export function dumpOf(release: string): string {
  return readFileSync(join(FOLDER, release, 'dump.sql'), 'utf8');
}

export function storyOf(release: string): Story {
  return JSON.parse(readFileSync(join(FOLDER, release, 'story.json'), 'utf8')) as Story;
}

/** The statements that the release sends. */
export function statementsOf(release: string): string[] {
  return JSON.parse(readFileSync(join(FOLDER, release, 'statements.json'), 'utf8')) as string[];
}
