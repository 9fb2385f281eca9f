import { resource } from "../core/resource";
import { AuditRetention, SignInRules } from "./agency-contract";
import { changeAuditRetention, getAuditRetention } from "./audit-retention";
import { listBelongings } from "./belongings";
import { archiveBrand, createBrand, restoreBrand, updateBrand } from "./change-brand";
import { createKey, revokeKey, rotateKey } from "./change-keys";
import { changeRoles, reactivateMember } from "./change-member";
import { changeRole, createRole, removeRole } from "./change-role";
import { Brand, Invitation, Member, roleNames } from "./contract";
import { listAccessAnswers } from "./explain-access";
import { giveRole } from "./give-role";
import { giveRoleByEmail } from "./give-role-by-email";
import { inviteMember, renewInvitation, revokeInvitation } from "./invite-member";
import { ApiKey } from "./key-contract";
import { getBrand, listBrands } from "./list-brands";
import { listInvitations } from "./list-invitations";
import { getKey, listKeys } from "./list-keys";
import { getMember, listMemberRoles, listMembers } from "./list-members";
import { getRole, listRoles } from "./list-roles";
import { AccessAnswer, Belonging, everyBrand, grantable, MemberRoleItem, RoleItem } from "./role-contract";
import { changeView, listSavedViews, removeView, saveView } from "./saved-views";
import { getSignInRules, updateSignInRules } from "./sign-in-rules";
import { suspendMember } from "./suspend-member";
import { startViewing, stopViewing } from "./view-as";
import { SavedView } from "./view-contract";

export const brandsResource = resource({
  name: "brands",
  title: "Brand",
  description: "The agency's clients. Roles and accounts belong to a brand.",
  item: Brand,
  list: {
    permission: "brands.read",
    filter: { id: "id", name: "text", archived: "boolean", createdAt: "date", tags: "text", ownerUserId: "id" },
    sort: ["name", "createdAt", "ownerName", "tags"],
    search: true,
    run: listBrands,
  },
  get: { permission: "brands.read", run: getBrand },
  create: createBrand,
  update: updateBrand,
  actions: { archive: archiveBrand, restore: restoreBrand },
  inverse: { archive: "restore", restore: "archive" },
  auditType: "brand",
  key: "name",
  fields: {
    name: { label: "Brand" },
    ownerUserId: { label: "Owner id", of: "members" },
    monthlyBudget: { label: "Monthly budget", kind: "money", currency: "budgetCurrency" },
    budgetCurrency: { label: "Currency" },
  },
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
  actions: { suspend: suspendMember, reactivate: reactivateMember, "view-as": startViewing },
  collectionActions: { "give-role": giveRole, "stop-viewing": stopViewing },
  inverse: { suspend: "reactivate", reactivate: "suspend" },
  auditType: "member",
});

export const memberRolesResource = resource({
  name: "member-roles",
  title: "Role of a member",
  description: "Who has which role for which brand, one by one. A file of the same columns gives roles.",
  item: MemberRoleItem,
  list: {
    permission: "members.read",
    filter: { id: "id", email: "text", brandId: "id" },
    sort: ["email", "name"],
    search: true,
    run: listMemberRoles,
  },
  fileRow: giveRoleByEmail,
  key: "email",
  fields: {
    role: { of: "roles", read: ({ roleName }) => roleName },
    brands: { of: "brands", everyone: everyBrand, read: ({ brandNames }) => brandNames },
    roleName: { hidden: true },
    brandNames: { hidden: true },
    invite: { kind: "boolean", optional: true, read: () => null },
  },
});

export const rolesResource = resource({
  name: "roles",
  title: "Role",
  description: "The built-in roles and those the agency made itself, with what each may do and who has it.",
  item: RoleItem,
  list: { permission: "roles.read", filter: { id: "text" }, sort: [], search: true, run: listRoles },
  get: { permission: "roles.read", run: getRole },
  create: createRole,
  update: changeRole,
  remove: removeRole,
});

export const belongingsResource = resource({
  name: "belongings",
  title: "Belonging",
  description: "What hangs on the members named by the filter memberId: it is handed over when they are suspended.",
  item: Belonging,
  list: { permission: "members.write", filter: { memberId: "id" }, sort: [], run: listBelongings },
});

export const accessAnswersResource = resource({
  name: "access-answers",
  title: "Access answer",
  description:
    "Why a member may, or may not: give the filters memberId and permission, and brandId unless all brands are meant.",
  item: AccessAnswer,
  list: {
    permission: "roles.read",
    filter: { memberId: "id", permission: grantable, brandId: "id" },
    sort: [],
    run: listAccessAnswers,
  },
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
  single: ["renew"],
  auditType: "invitation",
  fields: { role: { label: "Role key", words: roleNames }, brandIds: { of: "brands", label: "Brands" } },
});

export const savedViewsResource = resource({
  name: "saved-views",
  title: "Saved view",
  description: "Lists as people like to see them: their own, and those shared with the agency's staff.",
  item: SavedView,
  list: {
    permission: "profile.read",
    filter: { id: "id", resource: "text", name: "text", shared: "boolean" },
    sort: ["name"],
    run: listSavedViews,
  },
  create: saveView,
  update: changeView,
  remove: removeView,
  auditType: "saved-view",
});

export const signInRulesResource = resource({
  name: "sign-in-rules",
  title: "Sign-in rules",
  description: "When sessions end and who needs a second factor. The only id is the agency's own.",
  item: SignInRules,
  get: { permission: "agency.read", run: getSignInRules },
  update: updateSignInRules,
});

export const apiKeysResource = resource({
  name: "api-keys",
  title: "API key",
  description:
    "Keys for programs: one's own, or the agency's for who looks after its people. Making or rotating one answers with the key, which is not told again.",
  item: ApiKey,
  list: {
    permission: "keys.read",
    filter: { id: "id", name: "text", state: ["active", "replaced", "expired", "revoked"] },
    sort: ["name", "createdAt", "expiresAt", "lastUsedAt"],
    search: true,
    run: listKeys,
  },
  get: { permission: "keys.read", run: getKey },
  create: createKey,
  actions: { rotate: rotateKey, revoke: revokeKey },
  single: ["rotate"],
});

export const auditRetentionResource = resource({
  name: "audit-retention",
  title: "Retention of audit events",
  description: 'How long the agency keeps its audit events; a year at least. The one record\'s id is "me".',
  item: AuditRetention,
  get: { permission: "agency.read", run: getAuditRetention },
  update: changeAuditRetention,
});
