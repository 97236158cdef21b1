export type { FinishPart, LanguageModel, ModelFinishReason, ModelMessage, ModelPart, ModelRequest } from './language-model';
export type { BegunCall, CallEnd, CallObserver, CallWitness } from './call-observer';
export {
  PROVIDERS_DEFAULTS,
  type LocalServerPort,
  type ProviderSettings,
  type ProviderTimeouts,
  type ProvidersSettings,
  WIRE_NAMES,
  type WireName,
} from './provider-settings';
export { ProvidersModule } from './providers.module';
export {
  PROVIDER_ERROR_KINDS,
  ProviderError,
  runErrorCodeOf,
  type ProviderErrorDetails,
  type ProviderErrorKind,
} from './errors/provider-error';
export { PriceBook } from './prices/price-book';
export { type PriceList, readPriceList } from './prices/price-list';
export { type AskedModel, ModelRegistry, type ModelRegistryParts } from './registry/model-registry';
export type { ResolvedModel } from './registry/model-source';
export type { Fallbacks, RuntimeSettings } from './registry/runtime-settings';
export { UnknownModelError, UnknownProviderError } from './registry/unknown-name-errors';
export { WIRES } from './registry/wires';
export { OPERATOR_EGRESS, PUBLIC_EGRESS } from './transport/egress-guard';
export { type GuardedCall, GuardedFetch } from './transport/guarded-fetch';
export { MAX_PART_LENGTH } from './stream/output-limit';
export { RETRY_POLICY, type RetryPolicy } from './stream/retries';
export { estimateTokens, estimateUsage } from './stream/token-estimate';
export type { NetworkSettings } from './transport/network-settings';
