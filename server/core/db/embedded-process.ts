// Facts about operating-system processes that the embedded database needs: who is alive, and as whom Postgres may run.
import { readFileSync } from "node:fs";
import { AppError } from "../errors";

/** The user Postgres runs as when we are root, which it refuses. */
export interface Account {
  uid: number;
  gid: number;
}

const nobody: Account = { uid: 65534, gid: 65534 };

/** Undefined when this process is not root, and Postgres may simply run as the same user. */
export function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // Postgres gets its folder through /proc/self/fd (see embedded-cluster.ts), which only Linux has.
  if (process.platform !== "linux") {
    throw new AppError("precondition", "The embedded database cannot run as root on this system.", {
      remedy: "Start Tidemark as an ordinary user, or set DATABASE_URL.",
    });
  }
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : nobody;
}

interface ProcessState {
  name: string;
  state: string;
  startedAt: string;
}

function readState(pid: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const rest = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return {
      name: stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
      state: rest[0] ?? "",
      startedAt: rest[19] ?? "",
    };
  } catch {
    return undefined;
  }
}

/** False for a zombie too: where process 1 does not reap, a dead Postgres would otherwise look alive for ever. */
export function isAlive(pid: number): boolean {
  if (process.platform === "linux") {
    const state = readState(pid);
    return state !== undefined && state.state !== "Z" && state.state !== "X";
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether this pid, read from a file that may be old, still is a Postgres and not a later process with the same number. */
export function isPostgres(pid: number): boolean {
  return isAlive(pid) && (process.platform !== "linux" || readState(pid)?.name === "postgres");
}

/** A name no other process has had since the machine booted: pid and start time (the pid alone where there is no /proc). */
export function identityOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  return `${pid}-${readState(pid)?.startedAt ?? "0"}`;
}

export const identityIsAlive = (identity: string): boolean => identityOf(Number.parseInt(identity, 10)) === identity;
