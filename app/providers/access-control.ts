import type { AccessControlProvider } from "@refinedev/core";
import type { Viewer } from "#server/workspace/contract";

/** Whether the viewer holds a permission for at least one brand. The API checks again, per brand. */
export const can = (viewer: Pick<Viewer, "permissions">, permission: string): boolean =>
  viewer.permissions.includes(permission);

/** Whether the viewer holds it for all brands, as what belongs to the agency asks for. */
export const canEverywhere = (viewer: Pick<Viewer, "agencyPermissions">, permission: string): boolean =>
  viewer.agencyPermissions.includes(permission);

const readActions = new Set(["list", "show"]);

/** The permission a Refine action on a resource needs; `meta.permission` of the resource names the noun. */
export const permissionOf = (noun: string, action: string): string =>
  `${noun}.${readActions.has(action) ? "read" : "write"}`;

export const createAccessControl = (viewer: Viewer): AccessControlProvider => ({
  can: async ({ resource, action, params }) => {
    const noun = (params?.resource?.meta?.permission as string | undefined) ?? resource;
    if (!noun) return { can: true };
    return can(viewer, permissionOf(noun, action))
      ? { can: true }
      : { can: false, reason: `Ask an owner or admin of ${viewer.agency.name} for access.` };
  },
  options: { buttons: { enableAccessControl: true, hideIfUnauthorized: false } },
});
