import { type RunErrorCode } from '@echo/contract';

/** Why the provider is asked again, or another one is, as a sentence. */
export function reasonSentence(reason: RunErrorCode | undefined): string | undefined {
  switch (reason) {
    case undefined:
      return undefined;
    case 'provider_rate_limited':
    case 'provider_overloaded':
    case 'overloaded':
      return 'The model is busy.';
    case 'provider_timeout':
      return 'The model did not answer in time.';
    case 'provider_unreachable':
      return 'The model could not be reached.';
    case 'provider_quota':
      return 'The quota of the model is used up.';
    case 'provider_auth':
      return 'The key of the model was refused.';
    default:
      return 'The model failed.';
  }
}
