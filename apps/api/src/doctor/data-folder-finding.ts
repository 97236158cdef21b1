import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Settings } from '../config/settings';
import { type Finding, fault, ok } from './finding';

/** Whether what must be kept in the data folder can be. */
export async function dataFolderFinding({ database, sealing }: Settings): Promise<Finding> {
  const { dataDir } = sealing;
  if (database.url !== undefined && sealing.masterKey !== undefined)
    return ok('data folder', 'None is needed: the database and the master key are elsewhere.');
  const what = database.url === undefined ? 'The embedded database lies there' : 'The master key lies there (ECHO_MASTER_KEY is not set)';
  const place = await nearestThatExists(dataDir);
  const isFolder = (await stat(place)).isDirectory();
  const isOpen = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (isFolder && isOpen) return ok('data folder', `${dataDir} ${place === dataDir ? 'can be written' : 'can be made'}. ${what}.`);
  return fault(
    'data folder',
    `${place} ${isFolder ? 'cannot be written by this user' : 'is no folder'}. ${what}: give it to this user, or set ECHO_DATA_DIR to another folder.`,
  );
}

/** Whether a master key was made there. */
export function masterKeyFile(dataDir: string): string {
  return join(dataDir, 'master.key');
}

async function nearestThatExists(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestThatExists(dirname(path));
}
