// Why may she? Yes or no for one permission and brand, through which roles, or what is missing and who can give it.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import { findBrand } from "./brand-store";
import { getMember } from "./list-members";
import { allRoles } from "./list-roles";
import { selectMembershipsOf, selectRoles } from "./member-store";
import { givenBy, isInForce, type Membership, rightsOf } from "./permissions";
import { nameOf, untilOf } from "./resolve-grants";
import { type AccessAnswer, permissionWords } from "./role-contract";
import { selectActivePeople } from "./role-store";

interface Question {
  memberId: string;
  permission: string;
  /** Null: for all brands. */
  brandId: string | null;
}

/** One answer, for the filters `memberId` and `permission`; without `brandId` it is asked for all brands. */
export async function listAccessAnswers(ctx: TxCtx, query: ListQuery): Promise<ListResult<AccessAnswer>> {
  const [memberId] = filterValues(query, "memberId") ?? [];
  const [permission] = filterValues(query, "permission") ?? [];
  if (!memberId || !permission) return { items: [], total: 0 };
  const [brandId = null] = filterValues(query, "brandId") ?? [];
  const answer = await explainAccess(ctx, { memberId, permission, brandId });
  return { items: [answer], total: 1 };
}

export async function explainAccess(ctx: TxCtx, question: Question): Promise<AccessAnswer> {
  const { memberId, permission, brandId } = question;
  const member = await getMember(ctx, memberId);
  const brand = brandId ? (await findBrand(ctx, brandId)).name : "all brands";
  const rows = await selectRoles(ctx, [member.id], true);
  const grants = rows.map(({ permissions, ...row }) => ({ ...row, ...(permissions ? { permissions } : {}) }));
  const giving = grants.filter((grant) => givenBy(grant).includes(permission));
  const through = giving.filter((grant) => isInForce(grant, ctx.now()) && reaches(grant, brandId));
  const allowed = member.state === "active" && rightsOf(grants, ctx.now()).can(permission, brandId);
  const everyRole = await allRoles(ctx);
  return {
    id: [memberId, permission, brandId ?? "all"].join(":"),
    ...question,
    allowed,
    through: through.map((grant) => ({
      roleName: nameOf(grant.role, grant.roleName),
      brandName: grant.brandName,
      grantedBy: grant.grantedBy,
      grantedAt: grant.createdAt.toISOString(),
      until: untilOf(grant.expiresAt),
    })),
    missing: allowed ? null : missingWords({ question, brand, member, giving }, ctx.now()),
    rolesWithIt: everyRole.filter(({ permissions }) => permissions.includes(permission)).map(({ name }) => name),
    givers: allowed ? [] : await giversOf(ctx, permission),
  };
}

const reaches = ({ brandId }: Membership, asked: string | null): boolean => brandId === null || brandId === asked;

interface Missing {
  question: Question;
  /** In words. */
  brand: string;
  member: { name: string; state: string };
  /** All memberships that give the permission, also elsewhere and also ended. */
  giving: (Membership & { roleName: string | null; brandName: string | null })[];
}

function missingWords({ question, brand, member, giving }: Missing, now: Date): string {
  if (member.state !== "active") return `${member.name} is suspended and cannot sign in.`;
  const ended = giving.find((grant) => !isInForce(grant, now) && reaches(grant, question.brandId));
  if (ended) {
    return `${nameOf(ended.role, ended.roleName)} gave it, and ended after ${untilOf(ended.expiresAt ?? null)}.`;
  }
  const elsewhere = giving.flatMap((grant) => (isInForce(grant, now) ? (grant.brandName ?? []) : []));
  if (elsewhere.length > 0) return `${member.name} has it for ${elsewhere.join(", ")}, but not for ${brand}.`;
  return `No role of ${member.name} for ${brand} holds "${permissionWords(question.permission)}".`;
}

/** People who may give roles and hold the permission for all brands themselves, by name. */
async function giversOf(ctx: TxCtx, permission: string): Promise<{ id: string; name: string }[]> {
  const people = await selectActivePeople(ctx);
  const held = await selectMembershipsOf(ctx);
  return people.filter(({ id }) => {
    const rights = rightsOf(held.filter(({ userId }) => userId === id));
    return rights.can("members.write") && rights.can(permission);
  });
}
