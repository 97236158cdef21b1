import { transformSync } from '@swc/core';
import { WORKSPACE } from '@echo/testing';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RELEASES } from './releases';

/** As the workspace's own tests are compiled; types were checked when the release was made. */
const COMPILER = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
} as const;
const PROJECTS = ['apps/api', 'libs/contract', 'libs/api/*'];

/** A release as it was, from the history of this checkout. */
export interface PreviousRelease {
  readonly name: string;
  /** What git knows it by. */
  readonly commit: string;
}

/**
 * The release before this one, where this checkout holds its tag `v<version>`: a shallow one does not. The first release is taken for its own predecessor.
 * A string says why there is none. `ECHO_PREVIOUS` names any other commit.
 */
export function previousRelease(): PreviousRelease | string {
  const { version } = JSON.parse(readFileSync(join(WORKSPACE, 'package.json'), 'utf8')) as { version: string };
  const before = RELEASES.filter((release) => release !== version).at(-1);
  const ref = process.env['ECHO_PREVIOUS'] ?? (before === undefined ? 'HEAD' : `v${before}`);
  const { status, stdout } = spawnSync('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], {
    cwd: WORKSPACE,
    encoding: 'utf8',
  });
  return status === 0 ? { name: before ?? version, commit: stdout.trim() } : `This checkout does not hold ${ref}.`;
}

/** The code of a commit, compiled, with the packages of this workspace. */
export class ReleaseCode {
  private constructor(private readonly folder: string) {}

  static of(commit: string): ReleaseCode {
    const code = new ReleaseCode(mkdtempSync(join(tmpdir(), 'echo-release-')));
    const archive = join(code.folder, 'sources.tar');
    execFileSync('git', ['archive', `--output=${archive}`, commit, 'apps/api', 'libs/contract', 'libs/api'], { cwd: WORKSPACE });
    execFileSync('tar', ['-xf', archive, '-C', code.folder]);
    const projects = globSync(PROJECTS, { cwd: code.folder });
    projects.forEach((project) => code.compile(project));
    code.link(projects);
    return code;
  }

  /** What is to be started. */
  get main(): string {
    return join(this.folder, 'apps/api/dist/main.js');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private compile(project: string): void {
    const sources = join(this.folder, project, 'src');
    for (const path of globSync('**/*.{ts,json}', { cwd: sources, exclude: (name) => /spec\.ts$/.test(name) })) {
      const [from, to] = [join(sources, path), join(this.folder, project, 'dist', path.replace(/\.ts$/, '.js'))];
      mkdirSync(dirname(to), { recursive: true });
      if (path.endsWith('.json')) copyFileSync(from, to);
      else writeFileSync(to, transformSync(readFileSync(from, 'utf8'), { ...COMPILER, filename: from }).code);
    }
  }

  /** Everybody else's packages are this workspace's; ours are its own. */
  private link(projects: readonly string[]): void {
    const modules = join(this.folder, 'node_modules');
    mkdirSync(join(modules, '@echo'), { recursive: true });
    const all = join(WORKSPACE, 'node_modules');
    for (const name of readdirSync(all)) if (name !== '@echo' && !name.startsWith('.')) symlinkSync(join(all, name), join(modules, name));
    for (const project of projects) {
      const { name } = JSON.parse(readFileSync(join(this.folder, project, 'package.json'), 'utf8')) as { name: string };
      symlinkSync(join(this.folder, project), join(modules, name));
    }
  }
}
