// What every operation is given first: who acts, for which agency, with which rights, at what time.
import type { Scope } from "./db/connect";
import type { Log } from "./log";

export type Permission = `${string}.${"read" | "write"}`;

/** `operator`: at the command line of the installation. `anonymous`: nobody is known yet, as when a sign-in fails. */
export type Actor =
  | { kind: "user"; userId: string; name: string; sessionId: string }
  | { kind: "key"; keyId: string; name: string; userId: string }
  | { kind: "system"; job: string }
  | { kind: "operator"; command: string }
  | { kind: "anonymous" };

/** Where a request came from. */
export interface Origin {
  ip: string;
  userAgent: string | null;
}

/** How the actor is called in what stays written. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.name;
    case "key":
      return `${actor.name} (API key)`;
    case "system":
      return "Tidemark";
    case "operator":
      return "Operator";
    case "anonymous":
      return "Not signed in";
    default:
      return actor satisfies never;
  }
}

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
  /** Null for jobs. */
  origin: Origin | null;
  /** The member through whose eyes the actor looks: the rights are theirs, and nothing can be changed. */
  viewingAs?: { id: string; name: string } | null;
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
  /** For jobs of the system: the ctx of a member, with the rights they have now; without any where they may not sign in. */
  asMember(member: { userId: string; name: string }): Promise<Ctx>;
  /** Opens a transaction with row-level security set to the agency; inside one, joins it. */
  tx<T>(work: (ctx: TxCtx) => Promise<T>): Promise<T>;
}

export interface TxCtx extends Ctx, Scope {
  /** Work that may fail without ending this transaction: what it wrote is then gone. */
  attempt<T>(work: (ctx: TxCtx) => Promise<T>): Promise<T>;
  audit(entry: AuditEntry): Promise<void>;
  /** Adds a job in this transaction: it exists if, and only if, the transaction commits. */
  enqueue(job: string, input: object, options?: EnqueueOptions): Promise<void>;
  /** Tells the jobs of higher slices that declare `on: [topic]`, in this transaction. */
  announce<T>(topic: Topic<T>, payload: T): Promise<void>;
  /** Tells open pages on commit that records of a resource changed. */
  changed(resource: string, ids?: readonly string[]): Promise<void>;
}

export const isTx = (ctx: Ctx): ctx is TxCtx => "db" in ctx;
