export { ADMINISTRATION, ONE_TIME_LINKS, OWN_SETTINGS, WAYS_IN } from './account-routes';
export { SignInAgain } from './entry/sign-in-again';
