// Says on whose behalf calls to Amazon are made. Every call is made inside one of these.
import { asCaller, type Caller } from "../amazon";
import { actorName, type Ctx } from "../core/context";

type Concerns = Pick<Caller, "connectionId" | "accountId"> & {
  brandId?: string | null;
  /** Left out: a person's where the ctx is a person's. */
  priority?: Caller["priority"];
};

/** Runs the work on behalf of the ctx's actor, for the connection, account and brand it concerns. */
export function onBehalf<T>(ctx: Ctx, { brandId, ...concerns }: Concerns, work: () => T): T {
  const { agencyId, actor } = ctx;
  const byPerson = actor.kind === "user" || actor.kind === "key";
  const origin = actor.kind === "system" ? actor.job : `person: ${actorName(actor)}`;
  const priority = concerns.priority ?? (byPerson ? "person" : "sync");
  return asCaller({ ...concerns, agencyId, brandId: brandId ?? undefined, origin, priority }, work);
}
