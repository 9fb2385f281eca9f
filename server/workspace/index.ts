import "./services";

export { acceptInvitation, openInvitation } from "./accept-invitation";
export { findBrand } from "./brand-store";
export { NewOwner, NewUser } from "./contract";
export { createUser } from "./create-user";
export { createAgencyWithOwner, createFirstAgency, isFirstRun } from "./first-run";
export { listMembers } from "./list-members";
export { type Membership, mayDo } from "./permissions";
export { loadViewer } from "./viewer";
