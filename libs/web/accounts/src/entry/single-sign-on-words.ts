/** Why single sign-on led back to the door, in words. */
const WORDS: Readonly<Record<string, string>> = {
  away: 'The identity provider does not answer. Try again in a moment.',
  failed: 'Signing in there did not come to an end. Try again.',
  email_unverified: 'Your e-mail address is not verified there. Have it verified, then try again.',
  domain: 'E-mail addresses like yours have no account on this server. Ask an administrator.',
  email_taken: 'There is an account with your e-mail address here already. Sign in with its password, or ask an administrator.',
  disabled: 'Your account is switched off. Ask an administrator.',
};

/** Undefined where there was no problem, or none that we know. */
export function singleSignOnWords(problem: string | null): string | undefined {
  return problem !== null && Object.hasOwn(WORDS, problem) ? WORDS[problem] : undefined;
}
