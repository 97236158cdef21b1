import { type Request } from 'express';
import { LOCAL_USER, originOf, type Requester } from './requester';

/** Finds out who sent a request. */
export abstract class Authenticator {
  /** Undefined: they brought nothing that says who they are. Throws `Refusal` when what they brought does not count. */
  abstract authenticate(request: Request): Requester | undefined | Promise<Requester | undefined>;
}

/** Without accounts everybody who can reach the server is the local user. */
export class LocalAuthenticator extends Authenticator {
  authenticate(request: Request): Requester {
    return { ...LOCAL_USER, ...originOf(request) };
  }
}
