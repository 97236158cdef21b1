import { RUN_ERROR_CODES } from '@echo/contract';
import { PROVIDER_ERROR_KINDS, ProviderError, runErrorCodeOf } from './provider-error';
import { providerFault } from './provider-fault';

describe('ProviderError', () => {
  it.each(PROVIDER_ERROR_KINDS)('has a code and a sentence for %s', (kind) => {
    expect(RUN_ERROR_CODES).toContain(runErrorCodeOf(kind));
    const { message, name } = providerFault(kind, 'Test AI', { status: 500, retryAfterMs: 1_200 });
    expect(name).toBe('ProviderError');
    expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it('says what may succeed later', () => {
    const retryable = PROVIDER_ERROR_KINDS.filter((kind) => new ProviderError(kind, '').retryable);
    expect(retryable).toEqual(['rate_limit', 'overloaded', 'server', 'network', 'timeout', 'truncated']);
  });

  it('names the wait that the provider asked for', () => {
    expect(providerFault('rate_limit', 'Test AI', { retryAfterMs: 7_100 }).message).toContain('Wait 8 s');
  });
});
