import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedPackage } from './pinned-package.mjs';

/** The client of Kubernetes knows every field of every kind that current versions serve. */
const CLIENT = {
  name: '@kubernetes/client-node',
  version: '2.0.1',
  integrity: 'sha512-evJgmEtgArEYlj6DNkMGjK41IrFK/hEwb5lWVxx0VRBWybQpnvi+2TtA19mLgVfRHfqX5yjHObX6e9W7LEZBjw==',
};
const PRIMITIVES = ['string', 'number', 'boolean'];

/** Checks manifests as a strict server would: every field known, of its type, and there where it is required. */
export class StrictManifests {
  #models = new Map();

  constructor(folder = join(pinnedPackage(CLIENT), 'dist/gen/models')) {
    this.folder = folder;
  }

  /** What is wrong with a manifest, each as `path: what`; empty: nothing. */
  async check(manifest) {
    const { apiVersion, kind, metadata } = manifest ?? {};
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return ['no apiVersion or no kind'];
    const version = apiVersion.split('/').at(-1);
    const type = `${version[0].toUpperCase()}${version.slice(1)}${kind}`;
    if (!(await this.#model(type))) return [`${apiVersion} ${kind}: no kind that current Kubernetes serves`];
    const found = await this.#walk(manifest, type, kind);
    return metadata?.name ? found : [...found, `${kind}.metadata.name: missing`];
  }

  async #walk(value, type, path) {
    if (type === 'any' || type === 'object') return [];
    if (PRIMITIVES.includes(type)) return typeof value === type ? [] : [`${path}: is ${typeof value}, not ${type}`];
    if (type === 'IntOrString')
      return ['number', 'string'].includes(typeof value) ? [] : [`${path}: is ${typeof value}, not a number or text`];
    const list = /^Array<(.+)>$/.exec(type)?.[1];
    if (list)
      return Array.isArray(value) ? this.#each(value.map((each, index) => [each, list, `${path}[${index}]`])) : [`${path}: is no list`];
    const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
    if (!isMap(value)) return [`${path}: is no map`];
    if (map) return this.#each(Object.entries(value).map(([key, each]) => [each, map, `${path}.${key}`]));
    const model = await this.#model(type);
    if (!model) return [];
    const missing = model.required.filter((name) => value[name] === undefined || value[name] === null);
    const unknown = Object.keys(value).filter((name) => !model.fields.has(name));
    const known = Object.entries(value).filter(([name]) => model.fields.has(name));
    return [
      ...missing.map((name) => `${path}.${name}: missing`),
      ...unknown.map((name) => `${path}.${name}: not known`),
      ...(await this.#each(known.map(([name, each]) => [each, model.fields.get(name), `${path}.${name}`]))),
    ];
  }

  async #each(parts) {
    return (await Promise.all(parts.map((part) => this.#walk(...part)))).flat();
  }

  async #model(type) {
    if (!this.#models.has(type)) this.#models.set(type, this.#read(type));
    return this.#models.get(type);
  }

  async #read(type) {
    const file = join(this.folder, `${type}.js`);
    if (!/^\w+$/.test(type) || !existsSync(file)) return undefined;
    const { attributeTypeMap } = (await import(pathToFileURL(file)))[type];
    const nameOf = new Map(attributeTypeMap.map(({ name, baseName }) => [name, baseName]));
    // Only the declarations tell what is required.
    const declared = readFileSync(join(this.folder, `${type}.d.ts`), 'utf8').matchAll(/^ {4}'(\w+)'(\??): /gm);
    return {
      fields: new Map(attributeTypeMap.map(({ baseName, type: each }) => [baseName, each])),
      required: [...declared].flatMap(([, name, optional]) => (optional ? [] : [nameOf.get(name) ?? name])),
    };
  }
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
