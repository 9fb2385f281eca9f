// Builds the ctx of every operation. Called from three places only: the API, page loaders and the job runner.

import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { appendAudit } from "./audit";
import type { Clock } from "./core/clock";
import type { Actor, Ctx, EnqueueOptions, Origin, Services, Topic, TxCtx } from "./core/context";
import { type Database, type Scope, withSavepoint } from "./core/db/connect";
import type { Job } from "./core/jobs/define";
import type { Log } from "./core/log";
import { inAgency } from "./identity";
import { type KeyBounds, narrow } from "./key-bounds";
import { selectActiveMemberships } from "./workspace";
import { type Membership, rightsOf } from "./workspace/permissions";

export interface ContextSource {
  database: Database;
  services: Services;
  clock: Clock;
  log: Log;
  jobs: readonly Job[];
}

export interface ContextOptions {
  agencyId: string;
  actor: Actor;
  /** Left out for the system's own jobs, which may do everything within their agency. */
  memberships?: readonly Membership[];
  /** What an API key may, of what its owner may. */
  bounds?: KeyBounds;
  /** Whose memberships these are where they are not the actor's own; nothing can be changed then. */
  viewingAs?: Ctx["viewingAs"];
  requestId?: string;
  /** Where the request came from. */
  origin?: Origin | null;
}

export function makeContext(source: ContextSource, options: ContextOptions): Ctx {
  const { agencyId, actor, memberships, viewingAs = null, requestId = randomUUID(), origin = null } = options;
  const rights = rightsOf(memberships ?? null, source.clock());
  const ctx: Ctx = {
    agencyId,
    actor,
    origin,
    viewingAs,
    brandIds: rights.brandsWith(),
    brandsWith: (permission) => rights.brandsWith(permission),
    can: (permission, brandId) => rights.can(permission, brandId),
    now: source.clock,
    log: source.log.child({ requestId, agencyId }),
    requestId,
    services: source.services,
    asMember: ({ userId, name }) => memberContext(source, { agencyId, userId, name, requestId }, actor),
    tx: (work) => source.database.withAgency(agencyId, (scope) => work(inTransaction(source, ctx, scope))),
  };
  return options.bounds ? Object.assign(ctx, narrow(ctx, options.bounds)) : ctx;
}

interface Member {
  agencyId: string;
  userId: string;
  name: string;
  requestId: string;
}

async function memberContext(source: ContextSource, { userId, name, ...rest }: Member, asks: Actor): Promise<Ctx> {
  if (asks.kind !== "system") throw new Error("only jobs of the system act for others");
  const memberships = await inAgency(source, rest.agencyId, (scope) => selectActiveMemberships(scope, userId));
  // No session's id: nothing of the person's sign-in is in reach.
  return makeContext(source, { ...rest, actor: { kind: "user", userId, name, sessionId: "" }, memberships });
}

/** The ctx of a job or tick: the system itself, within one agency. */
export const systemContext = (
  source: ContextSource,
  { agencyId, job, requestId }: { agencyId: string; job: string; requestId?: string },
): Ctx => makeContext(source, { agencyId, actor: { kind: "system", job }, requestId });

function inTransaction(source: ContextSource, ctx: Ctx, scope: Scope): TxCtx {
  const tx: TxCtx = {
    ...ctx,
    ...scope,
    tx: (work) => work(tx),
    attempt: (work) => withSavepoint(scope, (inner) => work(inTransaction(source, ctx, inner))),
    audit: (entry) => appendAudit(ctx, scope.db, entry),
    enqueue: (job, input, options) => enqueue(tx, job, input, options),
    announce: (topic, payload) => announce(source, tx, topic, payload),
    changed: async (resource, ids = []) => {
      const news = JSON.stringify({ agencyId: ctx.agencyId, resource, ids: ids.slice(0, 100) });
      await scope.db.execute(sql`select pg_notify('tidemark', ${news})`);
    },
  };
  return tx;
}

async function enqueue(tx: TxCtx, job: string, input: object, options: EnqueueOptions = {}): Promise<void> {
  const payload = JSON.stringify({ agencyId: tx.agencyId, requestId: tx.requestId, input });
  const key = options.key ? `${tx.agencyId}:${options.key}` : null;
  const queue = options.queue ? `${tx.agencyId}:${options.queue}` : null;
  const runAt = options.runAt?.toISOString() ?? null;
  await tx.db.execute(sql`select tidemark_enqueue(${job}, ${payload}::json, ${queue}, ${runAt}::timestamptz,
    ${key}, ${options.maxAttempts ?? 10})`);
}

async function announce<T>(source: ContextSource, tx: TxCtx, topic: Topic<T>, payload: T): Promise<void> {
  const listeners = source.jobs.filter((job) => job.on.some((wanted) => wanted.name === topic.name));
  for (const job of listeners) {
    await enqueue(tx, job.name, payload as object, { maxAttempts: job.maxAttempts });
  }
}
