export { type Account, SECRET, TestIdentityProvider } from './test-identity-provider';
