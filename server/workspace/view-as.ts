// Looking through a member's eyes: their rights instead of one's own, for this session, without being able to change anything.
import { z } from "zod";
import { appendAudit } from "../audit";
import { command } from "../core/command";
import type { Actor, AuditEntry, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { findUser, requirePerson, type TenantScope, writeViewAs } from "../identity";
import { about } from "./change-member";
import { MemberMove } from "./contract";
import { getMember } from "./list-members";
import { selectMemberships } from "./member-store";
import { covers, type Membership, rightsOf } from "./permissions";

export const startViewing = command({
  name: "member.view-as",
  permission: "members.write",
  input: MemberMove,
  run: async (ctx, { id }) => {
    const member = await getMember(ctx, id);
    const { sessionId } = requireSession(ctx);
    const own = await selectMemberships(ctx, requirePerson(ctx).userId);
    const refused = await whyNot(ctx, { own, memberId: id });
    if (refused) throw new AppError("forbidden", refused, { remedy: "Choose somebody who may do no more than you." });
    await writeViewAs(ctx, sessionId, id);
    return { result: { id, name: member.name }, audit: { action: "member.view_started", ...about(member) } };
  },
});

export const stopViewing = command({
  name: "member.stop-viewing",
  permission: "profile.write",
  whileViewing: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const { sessionId } = requireSession(ctx);
    const changed = await writeViewAs(ctx, sessionId, null);
    return { result: {}, audit: changed && ctx.viewingAs ? ended(ctx.viewingAs) : null };
  },
});

interface Look {
  /** Of whoever looks. */
  own: readonly Membership[];
  memberId: string;
}

/** Why nobody with these memberships may look through that member's eyes; null where they may. */
async function whyNot(scope: TenantScope, { own, memberId }: Look): Promise<string | null> {
  const member = await findUser(scope, memberId);
  if (member?.state !== "active") return "This person cannot sign in.";
  const theirs = await selectMemberships(scope, memberId);
  const isOwner = (all: readonly Membership[]) => all.some(({ role }) => role === "owner");
  const isMore = (isOwner(theirs) && !isOwner(own)) || !covers(rightsOf(own), rightsOf(theirs));
  return isMore ? `${member.name} may do more than you.` : null;
}

export interface Viewed {
  viewingAs: { id: string; name: string };
  memberships: Membership[];
}

/** What the session sees; where the view is no longer allowed it ends, and the person has their own eyes again. */
export async function viewedBy(
  scope: TenantScope,
  look: Look & { actor: Extract<Actor, { kind: "user" }> },
): Promise<Viewed | null> {
  const member = await findUser(scope, look.memberId);
  const viewingAs = { id: look.memberId, name: member?.name ?? "somebody" };
  const own = rightsOf(look.own);
  if (own.can("members.write") && !(await whyNot(scope, look))) {
    return { viewingAs, memberships: await selectMemberships(scope, look.memberId) };
  }
  if (await writeViewAs(scope, look.actor.sessionId, null)) {
    await appendAudit({ ...scope, actor: look.actor, requestId: "view-ended" }, scope.db, ended(viewingAs));
  }
  return null;
}

const ended = (member: { id: string; name: string }): AuditEntry => ({ action: "member.view_ended", ...about(member) });

function requireSession({ actor }: TxCtx): { sessionId: string } {
  if (actor.kind === "user") return actor;
  throw new AppError("precondition", "Only a signed-in person can look through another's eyes.");
}
