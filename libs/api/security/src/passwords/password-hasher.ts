/** Keeps passwords so that nobody can read them, us included. */
export abstract class PasswordHasher {
  /** What is stored instead of the password: a PHC string. Throws `Refusal` when too many wait. */
  abstract hash(password: string): Promise<string>;
  /** Whether `stored` was made from the password. Without a `stored` it takes the same time and is false. Throws `Refusal` when too many wait. */
  abstract verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether `stored` should be made anew, since it was made with other parameters than `hash` uses now. */
  abstract isOutdated(stored: string): boolean;
}
