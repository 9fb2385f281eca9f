// The consent map: whose consent each brand hangs on, and what would stop without it. Moments are ISO 8601 in UTC.
import { z } from "zod";
import { ConnectionState, Region } from "./contract";

const Named = z.object({ id: z.uuid(), name: z.string() });

/**
 * How well a brand is covered, by the least covered of its accounts: `stranded`, no usable consent reaches it;
 * `one_grantor`, a single one does; `covered`, there is a back-up; `no_accounts`, nothing is read yet.
 */
export const Cover = z.enum(["stranded", "one_grantor", "covered", "no_accounts"]);
export type Cover = z.infer<typeof Cover>;

/** An Amazon user whose consent reaches accounts of a brand. */
export const Grantor = z.object({
  connectionId: z.uuid(),
  name: z.string(),
  state: ConnectionState,
  /** Of the brand's accounts: how many are read through it, and for how many it is the back-up. */
  primary: z.int(),
  backup: z.int(),
});

/** An account of a brand, and who reads it. */
export const CoveredAccount = z.object({
  id: z.uuid(),
  name: z.string(),
  region: Region,
  /** The connection it is read through now; null: no usable one. */
  readThrough: Named.nullable(),
  /** Who would take over, the first at once. */
  backups: z.array(Named),
});
export type CoveredAccount = z.infer<typeof CoveredAccount>;

export const BrandConsent = z.object({
  /** Of the brand. */
  id: z.uuid(),
  name: z.string(),
  cover: Cover,
  /** Consents that reach one of its accounts and can be used now. */
  usable: z.int(),
  /** Those that can be used first. */
  grantors: z.array(Grantor),
  accounts: z.array(CoveredAccount),
  /** Accounts that stop when the only consent that reaches them ends. */
  hanging: z.int(),
  stranded: z.int(),
  /** When the first of its usable consents may end. */
  endsAt: z.iso.datetime().nullable(),
});
export type BrandConsent = z.infer<typeof BrandConsent>;

/** An account that is read through a consent, and what becomes of it without. */
export const HangingAccount = z.object({
  id: z.uuid(),
  name: z.string(),
  brand: Named.nullable(),
  /** The connection that would take over; null: it stops. */
  next: Named.nullable(),
});
export type HangingAccount = z.infer<typeof HangingAccount>;

export const Consent = z.object({
  /** Of the connection. */
  id: z.uuid(),
  /** The Amazon user who gave it. */
  name: z.string(),
  email: z.string().nullable(),
  region: Region,
  state: ConnectionState,
  stateReason: z.string().nullable(),
  scopes: z.array(z.string()),
  ownerName: z.string().nullable(),
  ownerLeft: z.boolean(),
  consentedAt: z.iso.datetime(),
  /** It may end then; null: it is not known to end. */
  consentExpiresAt: z.iso.datetime().nullable(),
  /** Advertisers read through it. */
  accounts: z.array(HangingAccount),
  /** Advertisers it is the back-up of. */
  backup: z.int(),
  /** Brands with an account that is read through it. */
  brands: z.array(Named),
  /** Accounts that would stop at once without it, and those another would take over. */
  stops: z.int(),
  moves: z.int(),
});
export type Consent = z.infer<typeof Consent>;

export interface ConsentSummary {
  /** With accounts. */
  brands: number;
  stranded: number;
  oneGrantor: number;
  /** Usable consents that may end within 30 days. */
  ending: number;
  /** Consents in use whose owner has left the agency. */
  ownersLeft: number;
}

/** What a person is asked to consent for. */
export interface ConsentRequest {
  brands: { id: string; name: string }[];
  accounts: { name: string; region: Region }[];
  /** Where most of the accounts are. */
  region: Region | null;
}

/** What became of a connection, newest first. Several accounts that moved together are one event. */
export const ConnectionEvent = z.object({
  id: z.string(),
  connectionId: z.uuid(),
  at: z.iso.datetime(),
  /** As in the audit log: `connection.became_degraded`, `account.failed_over`. */
  action: z.string(),
  /** Null: Tidemark itself. */
  actorName: z.string().nullable(),
  reason: z.string().nullable(),
  /** Seconds the state before had lasted; null where the state did not change. */
  lasted: z.int().nullable(),
  /** Of accounts that moved: how many, the names of some that the reader may see, and the other connection. */
  accounts: z.int(),
  accountNames: z.array(z.string()),
  /** `left`: accounts went from this connection; `came`: they came to it. */
  direction: z.enum(["left", "came"]).nullable(),
  otherName: z.string().nullable(),
});
export type ConnectionEvent = z.infer<typeof ConnectionEvent>;
