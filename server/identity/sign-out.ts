import { appendAudit } from "../audit";
import { endSession } from "./session";
import { type IdentitySource, inAgency, type Visitor } from "./source";

/** Ends the session of the cookie, if there is one. Returns the Set-Cookie header that removes the cookie. */
export async function signOut(source: IdentitySource, visitor: Visitor): Promise<{ setCookie: string }> {
  const presented = source.cookies.read(visitor.cookie);
  if (presented) {
    await inAgency(source, presented.agencyId, async (scope) => {
      const ended = await endSession(scope, presented);
      if (!ended) return;
      const { user, sessionId } = ended;
      const actor = { kind: "user", userId: user.id, name: user.name, sessionId } as const;
      await appendAudit({ ...scope, actor, requestId: visitor.requestId, origin: visitor }, scope.db, {
        action: "session.ended",
        target: { type: "user", id: user.id, label: user.name },
      });
    });
  }
  return { setCookie: source.cookies.clear() };
}
