import "./services";

export { acceptInvitation, openInvitation } from "./accept-invitation";
export { findBrand, selectBrandNames } from "./brand-store";
export { archiveBrand, createBrand, restoreBrand, updateBrandName } from "./change-brand";
export { NewOwner, NewUser } from "./contract";
export { createUser } from "./create-user";
export { createAgencyWithOwner, createFirstAgency, isFirstRun } from "./first-run";
export { getBrand, listBrands } from "./list-brands";
export { listInvitations } from "./list-invitations";
export { getMember, listMembers } from "./list-members";
export { type LoadedViewer, loadViewer } from "./viewer";
