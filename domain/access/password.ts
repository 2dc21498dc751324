import { hash, verify } from "@node-rs/argon2";
import { DomainError } from "../errors";

/** OWASP password storage: argon2id, 19 MiB, 2 passes. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each hash costs tens of milliseconds and 19 MiB: a burst waits its turn instead of exhausting the machine. */
const MOST_WAITING = 200;

export const hashPassword = (password: string) => hash(password, ARGON2);

// An unknown account takes as long as a wrong password, so timing does not tell which accounts exist.
let decoy: Promise<string> | undefined;

export async function passwordMatches(passwordHash: string | undefined, given: string): Promise<boolean> {
  decoy ??= hashPassword("no such account");
  const matches = await verify(passwordHash ?? (await decoy), given);
  return matches && passwordHash !== undefined;
}

let queue: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Runs what hashes passwords one after the other.
 * @throws rate_limited when too many wait already
 */
export async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (waiting >= MOST_WAITING)
    throw new DomainError("rate_limited", "Too many people are signing in. Try again shortly.", {
      retryAfterInSeconds: 10,
    });
  waiting++;
  const next = queue.then(run, run);
  queue = next.catch(() => {});
  try {
    return await next;
  } finally {
    waiting--;
  }
}
