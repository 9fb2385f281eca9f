// What the operations before and around sign-in work on, where no ctx exists yet. Built once a process.
import type { AuditSource } from "../audit";
import type { Clock } from "../core/clock";
import type { Vault } from "../core/crypto/vault";
import type { Database, Scope } from "../core/db/connect";
import type { LetterBox, MailRoute } from "../core/letters";
import type { Log } from "../core/log";
import { type Attempts, makeAttempts } from "./attempts";
import { type SessionCookies, sessionCookies } from "./cookies";
import { type TicketCookie, ticketCookie } from "./tickets";

export interface IdentitySource extends LetterBox {
  database: Database;
  clock: Clock;
  log: Log;
  attempts: Attempts;
  cookies: SessionCookies;
  /** Between the two steps of a sign-in. */
  tickets: TicketCookie;
  /** Where browsers reach this installation: links in mails and the origin of passkeys. */
  publicUrl: string;
}

/** Where a request comes from. `ip` is the client's as the web server trusts it, never a raw forwarded header. */
export interface Visitor {
  ip: string;
  userAgent: string | null;
  requestId: string;
  /** The Cookie header. */
  cookie: string | null;
  /** The agency under whose client's host the page was asked; a person with a place there gets that one. */
  hostAgency?: () => Promise<string | null>;
}

/** What the stores of identity need: every TxCtx is one. */
export type TenantScope = Scope & Pick<AuditSource, "agencyId" | "now">;

interface Parts extends Pick<IdentitySource, "database" | "clock" | "log" | "publicUrl"> {
  vault: Vault;
  mailRoute: MailRoute;
}

export const identitySource = (parts: Parts): IdentitySource => ({
  ...parts,
  attempts: makeAttempts(parts.database.pool),
  cookies: sessionCookies(parts.publicUrl),
  tickets: ticketCookie(parts.publicUrl),
});

/** A transaction in one agency, before there is a ctx. */
export const inAgency = <T>(
  source: Pick<IdentitySource, "database" | "clock">,
  agencyId: string,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> => source.database.withAgency(agencyId, (scope) => work({ ...scope, agencyId, now: source.clock }));
