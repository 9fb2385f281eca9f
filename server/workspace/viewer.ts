// Turns a session into what requests run with: the rights of its person, and what pages may know of them.
import type { Actor } from "../core/context";
import { type IdentitySource, inAgency, type Session } from "../identity";
import { findAgency } from "./agency-store";
import { selectBrandNames } from "./brand-store";
import { roleNames, type Viewer } from "./contract";
import { selectMemberships } from "./member-store";
import { brandsOf, highestRole, type Membership, permissionsOf } from "./permissions";

export interface LoadedViewer {
  /** For makeContext. */
  ctxOptions: { agencyId: string; actor: Actor; memberships: Membership[] };
  viewer: Viewer;
}

/** Null where the agency is gone. */
export async function loadViewer(
  source: Pick<IdentitySource, "database" | "clock">,
  session: Session,
  environment: Viewer["environment"],
): Promise<LoadedViewer | null> {
  const { agencyId, sessionId, user } = session;
  return inAgency(source, agencyId, async (scope) => {
    const agency = await findAgency(scope);
    if (!agency) return null;
    const memberships = await selectMemberships(scope, user.id);
    const role = highestRole(memberships);
    return {
      ctxOptions: { agencyId, actor: { kind: "user", userId: user.id, name: user.name, sessionId }, memberships },
      viewer: {
        user: { ...user, role: role ? roleNames[role] : "No role" },
        agency,
        permissions: permissionsOf(memberships),
        agencyPermissions: permissionsOf(memberships.filter(({ brandId }) => brandId === null)),
        brands: await selectBrandNames({ ...scope, brandIds: brandsOf(memberships) }),
        environment,
        theme: null,
      },
    };
  });
}
