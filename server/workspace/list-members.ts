import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import type { Member } from "./contract";
import { findMember, type MemberRow, selectMembers, selectRoles } from "./member-store";

export async function listMembers(ctx: TxCtx, query: ListQuery): Promise<ListResult<Member>> {
  const { rows, total } = await selectMembers(ctx, query);
  return { total, items: await withRoles(ctx, rows) };
}

export async function getMember(ctx: TxCtx, id: string): Promise<Member> {
  const row = await findMember(ctx, id);
  const [member] = row ? await withRoles(ctx, [row]) : [];
  if (!member) throw notFound("This person");
  return member;
}

async function withRoles(ctx: TxCtx, rows: MemberRow[]): Promise<Member[]> {
  const roles = await selectRoles(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    state: row.state,
    roles: roles
      .filter((role) => role.userId === row.id)
      .map(({ brandId, brandName, role }) => ({ brandId, brandName, role })),
    createdAt: row.createdAt.toISOString(),
    lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
  }));
}
