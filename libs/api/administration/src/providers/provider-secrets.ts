import { type ProviderEntity, type ProviderRow } from '@echo/api-persistence';
import { Sealer, type SealPlace } from '@echo/api-security';
import { type ProviderWire, type TokenPolicy } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { type Draft, plainColumns } from './draft';

const HINT_CHARS = 4;
/** A key of fewer characters would be told by a quarter of it. */
const MIN_KEY_CHARS = 16;

/** Seals what a provider has of secrets before it is stored, and opens it again. */
@Injectable()
export class ProviderSecrets {
  constructor(private readonly sealer: Sealer) {}

  /** Throws `WrongMasterKeyError`. */
  async seal(draft: Draft): Promise<ProviderRow> {
    const { apiKey, headers, query } = draft;
    const sealed = async (column: string, text: string | null) => (text === null ? null : this.sealer.seal(text, place(draft.id, column)));
    return {
      ...plainColumns(draft),
      apiKey: await sealed('api_key', apiKey),
      keyHint: apiKey === null ? null : hintOf(apiKey),
      headers: await sealed('headers', headers && JSON.stringify(headers)),
      query: await sealed('query', query && JSON.stringify(query)),
    };
  }

  /** Throws `UnsealError`. */
  open(row: ProviderEntity): Draft {
    const opened = (column: string, sealed: string | null) => (sealed === null ? null : this.sealer.open(sealed, place(row.id, column)));
    const texts = (column: string, sealed: string | null) => {
      const json = opened(column, sealed);
      // Sealed by `seal`: nobody else can have written it.
      return json === null ? null : (JSON.parse(json) as Record<string, string>);
    };
    const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1000);
    return {
      id: row.id,
      name: row.name,
      wire: row.wire as ProviderWire,
      baseUrl: row.baseUrl,
      apiKey: opened('api_key', row.apiKey),
      headers: texts('headers', row.headers),
      query: texts('query', row.query),
      models: row.models,
      defaultModel: row.defaultModel,
      continues: row.continues,
      templateTokens: row.templateTokens as TokenPolicy,
      allowPrivate: row.allowPrivate,
      enabled: row.enabled,
      times: {
        connectMs: ms(row.connectTimeout),
        firstContentMs: ms(row.firstContentTimeout),
        idleMs: ms(row.idleTimeout),
        totalMs: ms(row.totalTimeout),
      },
    };
  }
}

/** The end of a key, for people to tell it from others; of a short one nothing. */
export function hintOf(key: string): string {
  return key.length < MIN_KEY_CHARS ? '' : key.slice(-HINT_CHARS);
}

function place(id: string, column: string): SealPlace {
  return { table: 'provider', id, column };
}
