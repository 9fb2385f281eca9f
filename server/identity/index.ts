import "./services";

export { type Attempts, makeAttempts } from "./attempts";
export { type SessionCookies, sessionCookies } from "./cookies";
export { prepareNewPassword } from "./new-password";
export { type OriginHeaders, verifyOrigin } from "./origin";
export { listOwnSessions } from "./list-sessions";
export { getProfile } from "./profile";
export { findSession, type Session } from "./session";
export { setUserState } from "./set-user-state";
export { openSession, signIn } from "./sign-in";
export { signOut } from "./sign-out";
export { type IdentitySource, identitySource, inAgency, type TenantScope, type Visitor } from "./source";
export { findDirectoryEntry, insertUser, type User } from "./store";
