// A member's page: roles, and for those who manage people also when they were last active and what hangs on them.
import type { TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import { selectSessions } from "../identity";
import { listBelongings } from "./belongings";
import type { Member } from "./contract";
import { getMember } from "./list-members";
import type { Belonging } from "./role-contract";

export interface MemberDescription {
  member: Member;
  /** Null for those who do not manage people. */
  activity: { sessions: number; lastActiveAt: string | null; belongings: Belonging[] } | null;
}

export async function describeMember(ctx: TxCtx, id: string): Promise<MemberDescription> {
  requireRead(ctx, "members.read", "anyBrand");
  const member = await getMember(ctx, id);
  if (!ctx.can("members.write")) return { member, activity: null };
  const sessions = await selectSessions(ctx, id);
  const ofMember = [{ field: "memberId", operator: "eq" as const, values: [id] }];
  const { items } = await listBelongings(ctx, { start: 0, limit: 200, sort: null, search: null, filters: ofMember });
  const lastActiveAt = sessions[0]?.seenAt.toISOString() ?? member.lastSignedInAt;
  return { member, activity: { sessions: sessions.length, lastActiveAt, belongings: items } };
}
