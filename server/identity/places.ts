// The agencies a person works for, and going from one to another.
import { appendAudit } from "../audit";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "./actor";
import type { Place } from "./contract";
import { findSession } from "./session";
import { enter } from "./sign-in";
import { signOut } from "./sign-out";
import { type IdentitySource, inAgency, type Visitor } from "./source";
import { findUser, reachPerson, reachSystem, selectAgencyNames, selectPlaces } from "./store";

/** Those that are open to the actor, by name. */
export async function listPlaces(ctx: TxCtx, query: ListQuery): Promise<ListResult<Place>> {
  const user = await findUser(ctx, requirePerson(ctx).userId);
  if (!user) return { total: 0, items: [] };
  await reachPerson(ctx, user.personId);
  const open = (await selectPlaces(ctx, user.personId)).filter(({ state }) => state === "active");
  await reachSystem(ctx);
  const ids = open.map(({ agencyId }) => agencyId);
  const names = await selectAgencyNames(ctx, ids);
  const items = ids
    .map((id) => ({ id, agencyName: names.get(id) ?? "", current: id === ctx.agencyId }))
    .sort((a, b) => a.agencyName.localeCompare(b.agencyName));
  return { total: items.length, items: items.slice(query.start, query.start + query.limit) };
}

/**
 * A new session in another agency of the same person; the one before ends.
 * @throws {AppError} not_found, also for agencies that exist
 */
export async function switchAgency(
  source: IdentitySource,
  agencyId: string,
  visitor: Visitor,
): Promise<{ setCookie: string }> {
  const session = await findSession(source, visitor.cookie);
  const here = session && (await inAgency(source, session.agencyId, (scope) => findUser(scope, session.user.id)));
  const places = here ? await source.database.withPerson(here.personId, (s) => selectPlaces(s, here.personId)) : [];
  const target = places.find((place) => place.agencyId === agencyId && place.state === "active");
  if (!session || !here || !target) throw notFound("This agency");
  if (session.agencyId === agencyId) return { setCookie: await enter(source, target, { ...again(session), visitor }) };
  await inAgency(source, session.agencyId, (scope) =>
    appendAudit(
      {
        ...scope,
        actor: { kind: "user", userId: here.id, name: here.name, sessionId: session.sessionId },
        requestId: visitor.requestId,
        origin: visitor,
      },
      scope.db,
      { action: "session.switched_agency", target: { type: "user", id: here.id, label: here.name } },
    ),
  );
  const setCookie = await enter(source, target, { ...again(session), visitor });
  await signOut(source, visitor);
  return { setCookie };
}

type Earlier = NonNullable<Awaited<ReturnType<typeof findSession>>>;

/** What was shown at sign-in still counts, and so does when. */
const again = (session: Earlier) => ({ method: session.method, earlier: session });
