import { type RunErrorCode } from '@echo/contract';

const REASONS: Readonly<Record<RunErrorCode, string>> = {
  provider_auth: 'its provider refused the key',
  provider_quota: 'its provider’s account has nothing left',
  provider_rate_limited: 'its provider was asked too often',
  provider_overloaded: 'its provider is overloaded',
  provider_context_length: 'the conversation is too long for it',
  provider_not_found: 'its provider does not have it',
  provider_bad_request: 'its provider did not accept the request',
  provider_server_error: 'its provider failed',
  provider_unreachable: 'its provider could not be reached',
  provider_timeout: 'it did not answer in time',
  provider_stream_truncated: 'its provider broke off',
  provider_protocol: 'its provider answered in a way that cannot be read',
  provider_filtered: 'its provider’s filter refused to answer',
  output_too_long: 'its answer got too long',
  overloaded: 'this server was overloaded',
  interrupted: 'this server stopped',
  storage_unavailable: 'nothing could be stored',
  internal_error: 'something went wrong here',
  session_ended: 'the session had ended',
};

/** Why a model did not answer, as the end of a sentence. */
export function reasonWords(reason: RunErrorCode): string {
  return REASONS[reason];
}
