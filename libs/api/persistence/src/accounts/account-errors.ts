/** There is an account with this e-mail address. */
export class EmailTakenError extends Error {
  constructor(options?: ErrorOptions) {
    super('There is an account with this e-mail address.', options);
  }
}

/** Without this one nobody could administer the server any more. */
export class LastAdministratorError extends Error {
  constructor() {
    super('This is the last active administrator.');
  }
}

/** The one-time link was used, has lapsed or never was. */
export class LinkExpiredError extends Error {
  constructor() {
    super('The link does not work any more.');
  }
}

/** Somebody has an account already: nothing is to be set up any more. */
export class AlreadySetUpError extends Error {
  constructor() {
    super('There are accounts already.');
  }
}

/** The person has as many API keys as one may have. */
export class TooManyKeysError extends Error {
  constructor() {
    super('There are as many API keys as one person may have.');
  }
}
