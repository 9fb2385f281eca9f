import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyId, sharedPolicy, tenantPolicy } from "../core/db/tenant";
import type { Capabilities, ConnectionState, ConnectOutcome, DiscoverySummary } from "./contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const region = () => text("region", { enum: ["NA", "EU", "FE"] }).notNull();

/** One consent under way. The id is the SHA-256 of the state parameter; consumed once, kept so that a reload can be answered. */
export const oauthStates = pgTable(
  "oauth_states",
  {
    agencyId: agencyId(),
    id: text("id").notNull(),
    sessionId: text("session_id").notNull(),
    userId: uuid("user_id").notNull(),
    region: region(),
    redirectUri: text("redirect_uri").notNull(),
    /** Sealed: bound to agency and state. Null once it was used or can no longer be. */
    codeVerifier: text("code_verifier"),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    consumedAt: moment("consumed_at"),
    /** What came of it, shown again on reload. */
    outcome: jsonb("outcome").$type<ConnectOutcome>(),
  },
  (t) => [primaryKey({ name: "oauth_states_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
);

export const connections = pgTable(
  "connections",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    /** Where the consent was given; the grant works in all regions. */
    region: region(),
    ownerUserId: uuid("owner_user_id").notNull(),
    amazonUserId: text("amazon_user_id").notNull(),
    amazonUserName: text("amazon_user_name").notNull(),
    amazonUserEmail: text("amazon_user_email"),
    scopes: text("scopes").array().notNull(),
    state: text("state").$type<ConnectionState>().notNull(),
    stateReason: text("state_reason"),
    stateRemedy: text("state_remedy"),
    stateSince: moment("state_since").notNull(),
    consentedAt: moment("consented_at").notNull(),
    /** A year after the consent: newer consents may end then. Null: it is not known to end. */
    consentExpiresAt: moment("consent_expires_at"),
    /** Days before that end for which the latest notice was given: 30, 14, 7 or 1. */
    consentNotice: integer("consent_notice"),
    discovery: jsonb("discovery").$type<DiscoverySummary>().notNull(),
    discoveredAt: moment("discovered_at"),
    disconnectedAt: moment("disconnected_at"),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "connections_pkey", columns: [t.agencyId, t.id] }),
    unique("connections_amazon_user").on(t.agencyId, t.amazonUserId),
    tenantPolicy(),
  ],
);

/** The tokens of a connection: sealed, versioned, refreshed under a lease. The row outlives a disconnect, its tokens do not. */
export const grants = pgTable(
  "grants",
  {
    agencyId: agencyId(),
    connectionId: uuid("connection_id").notNull(),
    refreshToken: text("refresh_token"),
    accessToken: text("access_token"),
    accessExpiresAt: moment("access_expires_at"),
    /** `<scheme>:<key id>` that both tokens are sealed under; null where there are none. */
    sealedUnder: text("sealed_under"),
    /** Fencing: a store succeeds only where the version read is still the version kept. Never goes back. */
    version: integer("version").notNull().default(1),
    leaseOwner: text("lease_owner"),
    leaseUntil: moment("lease_until"),
    refreshedAt: moment("refreshed_at"),
    lastOutcome: text("last_outcome"),
    lastOutcomeAt: moment("last_outcome_at"),
    /** Refreshes in a row that did not succeed. */
    failures: integer("failures").notNull().default(0),
    /** Those of them in which Amazon refused the grant itself. */
    rejections: integer("rejections").notNull().default(0),
    /** No refresh is tried before then. */
    retryAt: moment("retry_at"),
    /** From then on the refresh service fetches a new access token. Null: at once, where there is a refresh token. */
    renewAt: moment("renew_at"),
  },
  (t) => [
    primaryKey({ name: "grants_pkey", columns: [t.agencyId, t.connectionId] }),
    index("grants_sealed_under").on(t.agencyId, t.sealedUnder),
    index("grants_renew").on(t.agencyId, t.renewAt),
    tenantPolicy(),
  ],
);

export const accounts = pgTable(
  "accounts",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    kind: text("kind", { enum: ["profile", "dsp_entity", "dsp_advertiser"] }).notNull(),
    region: region(),
    amazonId: text("amazon_id").notNull(),
    name: text("name").notNull(),
    /** DSP entity of an advertiser. */
    entityId: text("entity_id"),
    profileId: text("profile_id"),
    countryCode: text("country_code").notNull(),
    currency: text("currency").notNull(),
    /** IANA zone of the account's report days. */
    timeZone: text("time_zone").notNull(),
    brandId: uuid("brand_id"),
    /** The connection it is read through; when that one is lost, another that reaches the account takes over. */
    connectionId: uuid("connection_id"),
    /** The best of what its connections allow. */
    capabilities: jsonb("capabilities").$type<Capabilities>().notNull(),
    /** Report requests a day and report type; null: hourly. */
    reportPullsPerDay: integer("report_pulls_per_day"),
    createdAt: moment("created_at").notNull(),
    seenAt: moment("seen_at").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "accounts_pkey", columns: [t.agencyId, t.id] }),
    unique("accounts_amazon_id").on(t.agencyId, t.kind, t.region, t.amazonId),
    index("accounts_brand").on(t.agencyId, t.brandId),
    index("accounts_name").on(t.agencyId, t.name, t.id),
    index("accounts_seen").on(t.agencyId, t.seenAt),
    index("accounts_created").on(t.agencyId, t.createdAt),
    tenantPolicy(),
  ],
);

/** Which connections reach an account, and what each may do there. Several grants may see one account. */
export const accountAccess = pgTable(
  "account_access",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    profileId: text("profile_id"),
    capabilities: jsonb("capabilities").$type<Capabilities>().notNull(),
    probedAt: moment("probed_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "account_access_pkey", columns: [t.agencyId, t.accountId, t.connectionId] }),
    index("account_access_connection").on(t.agencyId, t.connectionId),
    tenantPolicy(),
  ],
);

/**
 * Token hosts that gave no answer lately, or do not accept our client, shared by all processes and agencies. A host
 * without a row is well. Holds nothing of any agency.
 */
export const tokenGates = pgTable(
  "token_gates",
  {
    /** `host:port` of the token URL and the client id. */
    key: text("key").primaryKey(),
    cause: text("cause", { enum: ["unavailable", "client_rejected"] }).notNull(),
    reason: text("reason").notNull(),
    /** No refresh goes there before this moment, then one to see whether it is over. Null: not closed yet. */
    closedUntil: moment("closed_until"),
    /** Failures in a row, of any connection. */
    strikes: integer("strikes").notNull(),
    since: moment("since").notNull(),
    /** When a rejected client was accepted again: the row goes once everyone has been told. */
    endedAt: moment("ended_at"),
    /** Whether every agency was told of it. */
    told: boolean("told").notNull().default(false),
  },
  () => [sharedPolicy()],
);

/** Every request that was sent to Amazon. No query string, header or body is kept. */
export const amazonCalls = pgTable(
  "amazon_calls",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    /** When it was sent. */
    at: moment("at").notNull(),
    region: region(),
    /** For example `dsp.queryCampaigns`. */
    operation: text("operation").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    /** Null where no answer came. */
    status: integer("status"),
    durationMs: integer("duration_ms").notNull(),
    /** Amazon's id of the request. */
    requestId: text("request_id"),
    /** Kind of the error it ended with; null where it succeeded. */
    errorClass: text("error_class"),
    /** What the error said, without secrets. */
    error: text("error"),
    connectionId: uuid("connection_id"),
    accountId: uuid("account_id"),
    brandId: uuid("brand_id"),
    /** The job, or the person's request, that made the call. */
    origin: text("origin").notNull(),
  },
  (t) => [
    primaryKey({ name: "amazon_calls_pkey", columns: [t.agencyId, t.id] }),
    index("amazon_calls_at").on(t.agencyId, t.at),
    index("amazon_calls_brand").on(t.agencyId, t.brandId, t.at),
    index("amazon_calls_connection").on(t.agencyId, t.connectionId, t.at),
    index("amazon_calls_account").on(t.agencyId, t.accountId, t.at),
    index("amazon_calls_failed").on(t.agencyId, t.errorClass, t.at).where(sql`error_class is not null`),
    index("amazon_calls_request").on(t.agencyId, t.requestId),
    tenantPolicy(),
  ],
);
