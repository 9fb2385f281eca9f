import "./services";

export { requirePerson } from "./actor";
export { placeOf } from "./attempts";
export { listOwnSessions } from "./list-sessions";
export { countLostFactors, forgetLostFactors } from "./lost-factors";
export { prepareNewPassword } from "./new-password";
export { verifyOrigin } from "./origin";
export { beginPasskeySignIn, signInWithPasskey } from "./passkey-sign-in";
export { listOwnPasskeys } from "./passkeys";
export { switchAgency } from "./places";
export { getProfile } from "./profile";
export { askForReset, openReset, resetPassword } from "./reset-password";
export { rotateSecrets } from "./rotate-secrets";
export { awaitsSecondFactor, completeSignIn } from "./second-factor";
export { findSession, renewSession, type Session, withSession } from "./session";
export { setUserState } from "./set-user-state";
export { openSession, signIn } from "./sign-in";
export { signOut } from "./sign-out";
export { type IdentitySource, identitySource, inAgency, type TenantScope, type Visitor } from "./source";
export {
  findDirectoryEntry,
  findUser,
  insertPerson,
  insertUser,
  selectSessions,
  type User,
  writeViewAs,
} from "./store";
