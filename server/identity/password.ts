// argon2id at the strength OWASP's password storage sheet asks (19 MiB, 2 passes), at most two at once, so that a storm of
// sign-ins cannot take the machine from everyone else.
import { BulkheadRejectedError, bulkhead } from "cockatiel";
import { Argon2id } from "oslo/password";
import { AppError } from "../core/errors";

const strength = { memorySize: 19456, iterations: 2, parallelism: 1 };
const argon2id = new Argon2id(strength);
const twoAtOnce = bulkhead(2, 200);
let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => inTurn(() => argon2id.hash(password));

/**
 * Compares with the stored hash. Without one (unknown user) a decoy is compared instead, so that the answer takes as long.
 * `outdated`: the hash is weaker than what we make today; hash the password anew.
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
): Promise<{ ok: boolean; outdated: boolean }> {
  decoy ??= hashPassword("a decoy that nobody signs in with");
  const against = await decoy;
  const matches = await inTurn(() => argon2id.verify(stored ?? against, password));
  const ok = matches && stored !== null;
  return { ok, outdated: ok && isOutdated(stored) };
}

export function isOutdated(hash: string): boolean {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hash);
  if (!match) return true;
  return Number(match[1]) < strength.memorySize || Number(match[2]) < strength.iterations;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await twoAtOnce.execute(work);
  } catch (error) {
    if (!(error instanceof BulkheadRejectedError)) throw error;
    throw new AppError("limit", "Too many people are signing in at this moment.", {
      remedy: "Try again in a few seconds.",
      retryAfterSeconds: 5,
    });
  }
}
