// What the operations before and around sign-in work on, where no ctx exists yet. Built once a process.
import type { AuditSource } from "../audit";
import type { Clock } from "../core/clock";
import type { Database, Scope } from "../core/db/connect";
import type { Log } from "../core/log";
import { type Attempts, makeAttempts } from "./attempts";
import { type SessionCookies, sessionCookies } from "./cookies";

export interface IdentitySource {
  database: Database;
  clock: Clock;
  log: Log;
  attempts: Attempts;
  cookies: SessionCookies;
}

/** Where a request comes from. `ip` is the client's as the web server trusts it, never a raw forwarded header. */
export interface Visitor {
  ip: string;
  userAgent: string | null;
  requestId: string;
  /** The Cookie header. */
  cookie: string | null;
}

/** What the stores of identity need: every TxCtx is one. */
export type TenantScope = Scope & Pick<AuditSource, "agencyId" | "now">;

export function identitySource(
  parts: Pick<IdentitySource, "database" | "clock" | "log"> & { publicUrl: string },
): IdentitySource {
  const { database, clock, log, publicUrl } = parts;
  return { database, clock, log, attempts: makeAttempts(database.pool), cookies: sessionCookies(publicUrl) };
}

/** A transaction in one agency, before there is a ctx. */
export const inAgency = <T>(
  source: Pick<IdentitySource, "database" | "clock">,
  agencyId: string,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> => source.database.withAgency(agencyId, (scope) => work({ ...scope, agencyId, now: source.clock }));
