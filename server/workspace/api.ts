import { resource } from "../core/resource";
import { archiveBrand, createBrand, restoreBrand, updateBrandName } from "./change-brand";
import { changeRoles, reactivateMember, suspendMember } from "./change-member";
import { Brand, Invitation, Member } from "./contract";
import { inviteMember, renewInvitation, revokeInvitation } from "./invite-member";
import { getBrand, listBrands } from "./list-brands";
import { listInvitations } from "./list-invitations";
import { getMember, listMembers } from "./list-members";

export const brandsResource = resource({
  name: "brands",
  title: "Brand",
  description: "The agency's clients. Roles and accounts belong to a brand.",
  item: Brand,
  list: {
    permission: "brands.read",
    filter: { id: "id", name: "text", archived: "boolean", createdAt: "date" },
    sort: ["name", "createdAt"],
    search: true,
    run: listBrands,
  },
  get: { permission: "brands.read", run: getBrand },
  create: createBrand,
  update: updateBrandName,
  actions: { archive: archiveBrand, restore: restoreBrand },
});

export const membersResource = resource({
  name: "members",
  title: "Member",
  description: "The people of the agency and their roles, for all brands or brand by brand.",
  item: Member,
  list: {
    permission: "members.read",
    filter: { id: "id", name: "text", email: "text", state: ["active", "suspended"] },
    sort: ["name", "email", "createdAt", "lastSignedInAt"],
    search: true,
    run: listMembers,
  },
  get: { permission: "members.read", run: getMember },
  update: changeRoles,
  actions: { suspend: suspendMember, reactivate: reactivateMember },
});

export const invitationsResource = resource({
  name: "invitations",
  title: "Invitation",
  description:
    "Invitations to join the agency. Creating or renewing one answers with its link, which is not told again.",
  item: Invitation,
  list: {
    permission: "members.write",
    filter: { id: "id", email: "text", state: ["pending", "accepted", "revoked", "expired"] },
    sort: ["createdAt", "expiresAt", "email"],
    search: true,
    run: listInvitations,
  },
  create: inviteMember,
  actions: { renew: renewInvitation, revoke: revokeInvitation },
});
