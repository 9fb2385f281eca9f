import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import type { Member } from "./contract";
import {
  findMember,
  findMemberIdByEmail,
  type MemberRow,
  selectMemberRoles,
  selectMembers,
  selectRoles,
} from "./member-store";
import { nameOf, refOf, untilOf } from "./resolve-grants";
import { everyBrand, type MemberRoleItem } from "./role-contract";

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

export async function findMemberByEmail(ctx: TxCtx, email: string): Promise<Member | null> {
  const id = await findMemberIdByEmail(ctx, email);
  return id ? getMember(ctx, id) : null;
}

/** The same, role by role, as a file holds them. */
export async function listMemberRoles(ctx: TxCtx, query: ListQuery): Promise<ListResult<MemberRoleItem>> {
  const { rows, total } = await selectMemberRoles(ctx, query);
  const items = rows.map(({ id, email, name, brandId, brandName, role, roleId, roleName, expiresAt }) => ({
    id,
    email,
    name,
    role: refOf({ role, roleId }),
    roleName: nameOf(role, roleName),
    brands: [brandId ?? everyBrand],
    brandNames: [brandName ?? everyBrand],
    until: untilOf(expiresAt),
  }));
  return { items, total };
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
      .map((role) => ({
        brandId: role.brandId,
        brandName: role.brandName,
        role: refOf(role),
        roleName: nameOf(role.role, role.roleName),
        until: untilOf(role.expiresAt),
        grantedBy: role.grantedBy,
        grantedAt: role.createdAt.toISOString(),
      })),
    createdAt: row.createdAt.toISOString(),
    lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
  }));
}
