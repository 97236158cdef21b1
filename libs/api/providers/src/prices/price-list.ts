import { isRecord } from '../transport/json';

/** What is known of the models of one name. Prices are per million tokens. */
export interface PricedModel {
  /** An exact name, which its dated editions share, or a pattern with `*`. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  /** For tokens that the vendor had in its cache; absent: as the others. */
  readonly cached_input?: number;
  /** Tokens. */
  readonly context_length?: number;
  readonly reasoning?: boolean;
}

/** The models of one vendor: known by its hosts, or by the ids of our providers. */
export interface VendorPrices {
  readonly vendor: string;
  readonly hosts?: readonly string[];
  readonly providers?: readonly string[];
  readonly models: readonly PricedModel[];
}

/** The form of `prices.json` and of an operator's own file. */
export interface PriceList {
  /** The day on which the prices were true. */
  readonly as_of: string;
  readonly currency: string;
  readonly vendors: readonly VendorPrices[];
}

/** Reads an operator's list. Throws a sentence that says where it is wrong. */
export function readPriceList(value: unknown): PriceList {
  if (!isRecord(value)) throw new Error('it must be an object with as_of, currency and vendors');
  const { as_of, currency, vendors } = value;
  if (typeof as_of !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(as_of)) throw new Error('as_of must be a date such as 2026-01-31');
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) throw new Error('currency must be a code such as USD');
  if (!Array.isArray(vendors)) throw new Error('vendors must be a list');
  return { as_of, currency, vendors: vendors.map((each: unknown, index) => readVendor(each, `vendors[${index}]`)) };
}

function readVendor(value: unknown, where: string): VendorPrices {
  if (!isRecord(value)) throw new Error(`${where} must be an object`);
  const { vendor = where, hosts, providers, models } = value;
  if (typeof vendor !== 'string') throw new Error(`${where}.vendor must be a text`);
  if (hosts !== undefined && !isTexts(hosts)) throw new Error(`${where}.hosts must be a list of host names`);
  if (providers !== undefined && !isTexts(providers)) throw new Error(`${where}.providers must be a list of provider ids`);
  if (hosts === undefined && providers === undefined) throw new Error(`${where} must have hosts or providers`);
  if (!Array.isArray(models)) throw new Error(`${where}.models must be a list`);
  const read = models.map((each: unknown, index) => readModel(each, `${where}.models[${index}]`));
  return { vendor, models: read, ...(hosts ? { hosts } : {}), ...(providers ? { providers } : {}) };
}

function readModel(value: unknown, where: string): PricedModel {
  if (!isRecord(value) || typeof value['model'] !== 'string') throw new Error(`${where} must be an object with a model`);
  const { model, input, output, cached_input, context_length, reasoning } = value;
  if (!isAmount(input) || !isAmount(output)) throw new Error(`${where}: input and output must be prices per million tokens`);
  if (cached_input !== undefined && !isAmount(cached_input)) throw new Error(`${where}.cached_input must be a price per million tokens`);
  if (context_length !== undefined && !isAmount(context_length)) throw new Error(`${where}.context_length must be a number of tokens`);
  if (reasoning !== undefined && typeof reasoning !== 'boolean') throw new Error(`${where}.reasoning must be true or false`);
  return {
    model,
    input,
    output,
    ...(cached_input === undefined ? {} : { cached_input }),
    ...(context_length === undefined ? {} : { context_length }),
    ...(reasoning === undefined ? {} : { reasoning }),
  };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
}
