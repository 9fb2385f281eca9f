// One process at a time starts or stops the embedded database, and the last one that uses it stops it.
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../errors";
import { identityIsAlive, identityOf } from "./embedded-process";

const waitMs = 90_000;
let count = 0;

const self = () => identityOf(process.pid) ?? String(process.pid);

function tryTake(lock: string, own: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

function holderOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
}

/** Takes away a dead process's lock; one that was taken anew in between is put back. */
function removeStale(lock: string, aside: string): void {
  const holder = holderOf(lock);
  if (holder === undefined || identityIsAlive(holder)) return;
  try {
    renameSync(lock, aside);
    if (holderOf(aside) !== holder) linkSync(aside, lock);
  } catch {
    // Another process was faster: the caller looks again.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Runs `work` while no other process (or other call in this one) runs under the same lock file. */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const own = `${lock}.${process.pid}.${++count}`;
  writeFileSync(own, self(), { mode: 0o600 });
  try {
    const deadline = Date.now() + waitMs;
    while (!tryTake(lock, own)) {
      removeStale(lock, `${own}.stale`);
      if (Date.now() > deadline) {
        throw new AppError(
          "unavailable",
          `Another process (${holderOf(lock)}) has been starting the database for long.`,
          {
            remedy: `End that process, or remove ${lock} if it is not Tidemark.`,
          },
        );
      }
      await delay(25);
    }
    try {
      return await work();
    } finally {
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Notes that this process uses the database; returns a function that takes the note back and says whether others remain. */
export function registerUser(folder: string): () => { othersRemain: boolean } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${self()}.${++count}`;
  writeFileSync(join(folder, name), "");
  return () => {
    rmSync(join(folder, name), { force: true });
    const users = readdirSync(folder);
    const dead = users.filter((user) => !identityIsAlive(user.split(".")[0] ?? ""));
    for (const user of dead) rmSync(join(folder, user), { force: true });
    return { othersRemain: users.length > dead.length };
  };
}
