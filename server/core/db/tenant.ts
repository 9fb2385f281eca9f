// Row-level security: every tenant table carries agency_id first in its keys and this one policy.
import { sql } from "drizzle-orm";
import { pgPolicy, pgRole, uuid } from "drizzle-orm/pg-core";

export const appRole = pgRole("tidemark_app").existing();

const currentAgency = sql.raw("(select nullif(current_setting('app.agency_id', true), '')::uuid)");
const currentPerson = sql.raw("(select nullif(current_setting('app.person_id', true), '')::uuid)");
const systemScope = sql.raw("(select current_setting('app.scope', true) = 'system')");

export const agencyId = () => uuid("agency_id").notNull();

/** Rows of the transaction's agency, for reading and for writing. No agency set: no rows. */
export const tenantPolicy = () =>
  pgPolicy("tenant", {
    for: "all",
    to: appRole,
    using: sql`agency_id = ${currentAgency}`,
    withCheck: sql`agency_id = ${currentAgency}`,
  });

/** The agencies table itself: its own row, and in the system scope (scheduler, operators) all rows. */
export const agencyPolicy = () =>
  pgPolicy("tenant", {
    for: "all",
    to: appRole,
    using: sql`id = ${currentAgency} or ${systemScope}`,
    withCheck: sql`id = ${currentAgency} or ${systemScope}`,
  });

/** The same for whoever asks: for tables that a trigger writes with the owner's rights and the application only reads. */
export const triggerWrittenPolicy = () =>
  pgPolicy("tenant", {
    for: "all",
    using: sql`agency_id = ${currentAgency}`,
    withCheck: sql`agency_id = ${currentAgency}`,
  });

/** Rows of the transaction's agency; in the system scope all rows can be read, never written: what leads to an agency before one is known. */
export const findablePolicies = () => [
  tenantPolicy(),
  pgPolicy("findable", { for: "select", to: appRole, using: systemScope }),
];

/** Rows of the transaction's person: what somebody signs in with, whichever agencies they belong to. No person set: no rows. */
export const personPolicy = () =>
  pgPolicy("person", {
    for: "all",
    to: appRole,
    using: sql`person_id = ${currentPerson}`,
    withCheck: sql`person_id = ${currentPerson}`,
  });

/** Lets a person find their own rows in every agency; beside the tenant policy, for reading only. */
export const ownRowsPolicy = () =>
  pgPolicy("own", { for: "select", to: appRole, using: sql`person_id = ${currentPerson}` });

/** Anybody adds in their own transaction; only the system scope reads, changes and removes: mails that wait to be sent. */
export const outboxPolicies = () => [
  pgPolicy("system", { for: "all", to: appRole, using: systemScope, withCheck: systemScope }),
  pgPolicy("add", { for: "insert", to: appRole, withCheck: sql`true` }),
];

/** Tables that belong to no agency and hold nothing of one (rate limits, heartbeats, digests of sign-in addresses). For all roles: the job engine reads heartbeats as the owner. */
export const sharedPolicy = () => pgPolicy("shared", { for: "all", using: sql`true`, withCheck: sql`true` });
