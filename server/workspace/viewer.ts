// Turns a session into what requests run with: the rights of its person, and what pages may know of them.
import type { Actor, Ctx } from "../core/context";
import type { Session, TenantScope } from "../identity";
import type { SecondFactorRule } from "./agency-contract";
import { findAgency } from "./agency-store";
import { selectBrandNames } from "./brand-store";
import { roleNames, type Viewer } from "./contract";
import { selectMemberships } from "./member-store";
import { highestRole, type Membership, rightsOf } from "./permissions";
import { viewedBy } from "./view-as";

export interface LoadedViewer {
  /** For makeContext. */
  ctxOptions: { agencyId: string; actor: Actor; memberships: Membership[]; viewingAs: Ctx["viewingAs"] };
  viewer: Viewer;
}

/** Null where the agency is gone. `unnamed`: the viewer's brands are left out, as nobody but pages asks for them. */
export async function loadViewer(
  scope: TenantScope,
  session: Session,
  installation: Pick<Viewer, "environment" | "outbox">,
  { brands }: { brands: "named" | "unnamed" },
): Promise<LoadedViewer | null> {
  const { agencyId, sessionId, user, method, viewAsUserId } = session;
  const [found, own, named] = await Promise.all([
    findAgency(scope),
    selectMemberships(scope, user.id),
    brands === "named" ? selectBrandNames({ ...scope, brandIds: "all" }) : [],
  ]);
  if (!found) return null;
  const { secondFactor, ...agency } = found;
  const actor = { kind: "user" as const, userId: user.id, name: user.name, sessionId };
  const viewed = viewAsUserId ? await viewedBy(scope, { own, memberId: viewAsUserId, actor }) : null;
  const memberships = viewed?.memberships ?? own;
  const viewingAs = viewed?.viewingAs ?? null;
  const rights = rightsOf(memberships);
  const seen = rights.brandsWith();
  return {
    ctxOptions: { agencyId, actor, memberships, viewingAs },
    viewer: {
      user: { ...user, role: roleOf(memberships) },
      agency,
      permissions: rights.permissions(),
      agencyPermissions: rights.agencyPermissions(),
      brands: named.filter(({ id }) => seen === "all" || seen.includes(id)),
      moneyBrands: rights.brandsWith("money.read"),
      viewingAs,
      ...installation,
      secondFactorMissing: method === "password" && asksFor(secondFactor, own),
    },
  };
}

/** Whoever may change the agency counts as an admin, whatever their role is called. */
const asksFor = (rule: SecondFactorRule, memberships: readonly Membership[]): boolean =>
  rule === "everyone" || (rule === "admins" && rightsOf(memberships).permissions().includes("agency.write"));

/** The highest built-in role speaks for a person; else the agency's own. */
function roleOf(memberships: readonly (Membership & { roleName?: string | null })[]): string {
  const role = highestRole(memberships);
  return role ? roleNames[role] : (memberships.find(({ roleName }) => roleName)?.roleName ?? "No role");
}
