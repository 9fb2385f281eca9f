// Row-level security: every tenant table carries agency_id first in its keys and this one policy.
import { sql } from "drizzle-orm";
import { pgPolicy, pgRole, uuid } from "drizzle-orm/pg-core";

export const appRole = pgRole("tidemark_app").existing();

const currentAgency = sql.raw("(select nullif(current_setting('app.agency_id', true), '')::uuid)");
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

/** Tables that belong to no agency and hold nothing of one (rate limits, heartbeats, digests of sign-in addresses). For all roles: the job engine reads heartbeats as the owner. */
export const sharedPolicy = () => pgPolicy("shared", { for: "all", using: sql`true`, withCheck: sql`true` });
