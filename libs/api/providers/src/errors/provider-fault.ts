import { ProviderError, type ProviderErrorDetails, type ProviderErrorKind } from './provider-error';

/** Makes the error of `kind` with the sentence that people read. `provider` is the name they know it by. */
export function providerFault(kind: ProviderErrorKind, provider: string, details: ProviderErrorDetails = {}): ProviderError {
  return new ProviderError(kind, sentenceFor(kind, provider, details), details);
}

function sentenceFor(kind: ProviderErrorKind, provider: string, { status, retryAfterMs }: ProviderErrorDetails): string {
  switch (kind) {
    case 'auth':
      return `${provider} refused the key. An administrator must check the key of this provider.`;
    case 'quota':
      return `The account at ${provider} has nothing left. An administrator must top it up; meanwhile choose another provider.`;
    case 'rate_limit':
      return `${provider} gets too many requests. ${retryAfterMs === undefined ? 'Wait a little' : `Wait ${seconds(retryAfterMs)}`} and try again, or choose another model.`;
    case 'overloaded':
      return `${provider} is overloaded. Try again in a moment, or choose another model.`;
    case 'context_length':
      return 'The conversation is too long for this model. Start a new one, or choose a model that reads more.';
    case 'not_found':
      return `${provider} does not have this model, or its base URL is wrong. Choose another model, or ask an administrator.`;
    case 'bad_request':
      return `${provider} refused the request. Choose another model, or ask an administrator to check this provider.`;
    case 'server':
      return `${provider} failed${status === undefined ? '' : ` (HTTP ${status})`}. Try again, or choose another model.`;
    case 'network':
      return `${provider} could not be reached. Try again; if it stays away, an administrator must check its base URL and the network.`;
    case 'timeout':
      return `${provider} took too long. Try again, or choose another model.`;
    case 'truncated':
      return `${provider} broke off in the middle of the answer. What came is kept; ask again for the whole answer.`;
    case 'protocol':
      return `${provider} sent something that is not a model's answer. An administrator must check its base URL.`;
    case 'filter':
      return `${provider} refused this by its content rules. Change the message, or choose another model.`;
    case 'aborted':
      return 'The request was stopped.';
  }
}

/** `8 s`, rounded up. */
export function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}
