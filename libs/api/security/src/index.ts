export { DOCS_POLICY, pagePolicy, securityHeaders } from './headers';
export { Asker, LOCAL_USER, type Requester, RequesterGuard } from './requester';
export { siteGuard, SiteRefusal, type SiteSettings } from './site-guard';
