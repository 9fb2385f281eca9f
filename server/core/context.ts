// What every operation is given first: who acts, for which agency, with which rights, at what time.
import type { Scope } from "./db/connect";
import type { Log } from "./log";

export type Permission = `${string}.${"read" | "write"}`;

export type Actor = { kind: "user"; userId: string; name: string; sessionId: string } | { kind: "system"; job: string };

export interface AuditEntry {
  /** Past tense, noun first: `connection.disconnected`. */
  action: string;
  target: { type: string; id: string; label?: string };
  brandId?: string | null;
  before?: object;
  after?: object;
}

/** Clients that outlive a request. Slices add theirs by declaration merging beside the code that uses them. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Services {}

export interface Topic<T> {
  name: string;
  parse(payload: unknown): T;
}

export interface EnqueueOptions {
  runAt?: Date;
  /** A second enqueue with the same key replaces the first while it waits. */
  key?: string;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  maxAttempts?: number;
}

export interface Ctx {
  agencyId: string;
  actor: Actor;
  /** The brands the actor may see. */
  brandIds: "all" | readonly string[];
  /** Those of them for which the actor holds the permission. */
  brandsWith(permission: Permission): "all" | readonly string[];
  /** Without a brand: is the permission held for all brands? `anyBrand` asks for at least one. */
  can(permission: Permission, brandId?: string | "anyBrand" | null): boolean;
  now(): Date;
  log: Log;
  requestId: string;
  services: Services;
  /** Opens a transaction with row-level security set to the agency; inside one, joins it. */
  tx<T>(work: (ctx: TxCtx) => Promise<T>): Promise<T>;
}

export interface TxCtx extends Ctx, Scope {
  audit(entry: AuditEntry): Promise<void>;
  /** Adds a job in this transaction: it exists if, and only if, the transaction commits. */
  enqueue(job: string, input: object, options?: EnqueueOptions): Promise<void>;
  /** Tells the jobs of higher slices that declare `on: [topic]`, in this transaction. */
  announce<T>(topic: Topic<T>, payload: T): Promise<void>;
  /** Tells open pages on commit that records of a resource changed. */
  changed(resource: string, ids?: readonly string[]): Promise<void>;
}

export const isTx = (ctx: Ctx): ctx is TxCtx => "db" in ctx;
