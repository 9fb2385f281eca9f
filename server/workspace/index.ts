import "./services";

export { acceptAsMyself, acceptInvitation, isInvited, openInvitation } from "./accept-invitation";
export { acceptKey } from "./accept-key";
export { findAgency } from "./agency-store";
export { brandsResource } from "./api";
export { addBelongingKind } from "./belongings";
export { findBrand } from "./brand-store";
export { NewOwner, NewUser } from "./contract";
export { createAgencyFor, NewAgency } from "./create-agency";
export { createUser } from "./create-user";
export { describeMember } from "./describe-member";
export { createAgencyWithOwner, createFirstAgency, isFirstRun } from "./first-run";
export { addressUnder, type KnownDomains, knownDomains } from "./known-domains";
export { getBrand, listBrands } from "./list-brands";
export { listMembers } from "./list-members";
export { allRoles } from "./list-roles";
export { selectActiveMemberships, selectMembershipsOf } from "./member-store";
export { palettes } from "./palette-contract";
export { type Membership, mayDo } from "./permissions";
export { type ReadRights, readRightsOf, stillReads } from "./read-rights";
export { revokeByStart } from "./revoke-by-start";
export { defaultViewOf } from "./saved-views";
export { getSignInRules } from "./sign-in-rules";
export { uploadLogo } from "./store-logo";
export {
  logoFor,
  type MailLook,
  mailLook,
  mailLookOf,
  type ThemePlace,
  themeOfPage,
  themeVersion,
} from "./theme-in-force";
export { loadViewer } from "./viewer";
