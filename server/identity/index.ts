import "./services";

export { requirePerson } from "./actor";
export { listOwnSessions } from "./list-sessions";
export { prepareNewPassword } from "./new-password";
export { verifyOrigin } from "./origin";
export { getProfile } from "./profile";
export { findSession, type Session } from "./session";
export { setUserState } from "./set-user-state";
export { openSession, signIn } from "./sign-in";
export { signOut } from "./sign-out";
export { type IdentitySource, identitySource, inAgency, type TenantScope, type Visitor } from "./source";
export { insertUser, type User } from "./store";
