export { DOCS_POLICY, pagePolicy, securityHeaders } from './headers';
export { Asker, LOCAL_USER, type Requester, RequesterGuard } from './requester';
export { siteGuard, SiteRefusal, type SiteSettings } from './site-guard';
export { masterKeyFault, masterKeyOf, type MasterKey } from './sealing/master-key';
export { readOrMakeMasterKey } from './sealing/master-key-file';
export { SealBox, type SealPlace, UnsealError } from './sealing/seal-box';
export { type CanaryCage, type SealedTexts, Sealer, WrongMasterKeyError } from './sealing/sealer';
