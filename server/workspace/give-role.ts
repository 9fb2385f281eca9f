// One role for several people on several brands, person by person: what is refused for one is given to the others.
import { command } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { selectBrandNames } from "./brand-store";
import { about } from "./change-member";
import type { Member } from "./contract";
import { wholeAgencyRoles } from "./contract";
import { getMember } from "./list-members";
import { isSame, replaceMemberships, type StoredGrant, selectMemberships } from "./member-store";
import { type ResolvedGrant, resolveGrants, stored, untilOf } from "./resolve-grants";
import { type GivingResult, RoleGiving } from "./role-contract";
import { requireMayGive, requireOtherOwner } from "./role-rules";

type Person = GivingResult["people"][number];

export const giveRole = command({
  name: "member.give-role",
  permission: "members.write",
  input: RoleGiving,
  run: async (ctx, { memberIds, role, brandIds, until, preview = false }) => {
    if (brandIds && wholeAgencyRoles.some((whole) => whole === role)) {
      throw new AppError("invalid", "Owner and admin are given for all brands.", {
        fields: { brandIds: "Owner and admin are given for all brands." },
      });
    }
    const grants = await resolveGrants(
      ctx,
      (brandIds ? [...new Set(brandIds)] : [null]).map((brandId) => ({ brandId, role, until })),
    );
    const audit: AuditEntry[] = [];
    const people: Person[] = [];
    for (const id of new Set(memberIds)) {
      const { person, entry } = await giveOne(ctx, await getMember(ctx, id), { grants, preview });
      people.push(person);
      if (entry) audit.push(entry);
    }
    const given = people.filter(({ ok }) => ok).map(({ memberId }) => memberId);
    if (!preview && given.length > 0) {
      await ctx.changed("members", given);
      await ctx.changed("roles");
    }
    return { result: { preview, people } satisfies GivingResult, audit: audit.length > 0 ? audit : null };
  },
});

interface Giving {
  grants: ResolvedGrant[];
  preview?: boolean;
}

async function giveOne(
  ctx: TxCtx,
  member: Member,
  giving: Giving,
): Promise<{ person: Person; entry: AuditEntry | null }> {
  const person = { memberId: member.id, name: member.name };
  try {
    const { words, entry } = await giveGrants(ctx, member, giving);
    return { person: { ...person, ok: true, words }, entry };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { person: { ...person, ok: false, words: error.message }, entry: null };
  }
}

interface Given {
  outcome: "create" | "update" | "unchanged";
  words: string;
  /** Null where nothing was written. */
  entry: AuditEntry | null;
}

/** In place of what the person holds for the same brands. @throws {AppError} where the actor may not */
export async function giveGrants(ctx: TxCtx, member: Member, { grants, preview = false }: Giving): Promise<Given> {
  const held = await selectMemberships(ctx, member.id);
  const kept: StoredGrant[] = held.map(({ brandId, role, roleId, expiresAt }) => ({
    brandId,
    role,
    roleId,
    expiresAt: expiresAt ?? null,
  }));
  const fresh = grants.filter((grant) => !kept.some((one) => isSame(one, grant)));
  if (fresh.length === 0) return { outcome: "unchanged", words: "Has it already", entry: null };
  const replaced = held.filter(({ brandId }) => fresh.some((grant) => grant.brandId === brandId));
  await requireMayGive(ctx, [...replaced, ...fresh]);
  const loses = replaced.some(({ role, expiresAt }) => role === "owner" && !expiresAt);
  if (loses && !fresh.some(({ role, expiresAt }) => role === "owner" && !expiresAt)) {
    await requireOtherOwner(ctx, member.id);
  }
  const outcome = replaced.length > 0 ? "update" : "create";
  const words = await wordsOf(ctx, member, fresh);
  if (preview) return { outcome, words, entry: null };
  const rest = kept.filter((one) => !fresh.some((grant) => grant.brandId === one.brandId));
  await replaceMemberships(ctx, { userId: member.id, grantedBy: actorName(ctx.actor) }, [
    ...rest,
    ...fresh.map(stored),
  ]);
  return { outcome, words, entry: { action: "member.role_given", ...about(member), after: { words } } };
}

const dayWords = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });

/** "Analyst for Acme, Beta until 3 Dec 2026; in place of Ops for Acme" */
async function wordsOf(ctx: TxCtx, member: Member, fresh: readonly ResolvedGrant[]): Promise<string> {
  const names = await selectBrandNames({ ...ctx, brandIds: "all" });
  const nameOf = (id: string | null) =>
    id ? (names.find((brand) => brand.id === id)?.name ?? "an archived brand") : "all brands";
  const [first] = fresh;
  const until = untilOf(first?.expiresAt ?? null);
  const given = `${first?.roleName} for ${fresh.map(({ brandId }) => nameOf(brandId)).join(", ")}${until ? ` until ${dayWords.format(new Date(until))}` : ""}`;
  const before = member.roles.filter(({ brandId }) => fresh.some((grant) => grant.brandId === brandId));
  if (before.length === 0) return given;
  return `${given}; in place of ${before.map((role) => `${role.roleName} for ${nameOf(role.brandId)}`).join(", ")}`;
}
