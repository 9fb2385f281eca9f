import { resource } from "../core/resource";
import { changePassword } from "./change-password";
import { OwnSession, Profile } from "./contract";
import { listOwnSessions } from "./list-sessions";
import { getProfile, renameProfile } from "./profile";
import { revokeOtherSessions, revokeSession } from "./revoke-session";

export const sessionsResource = resource({
  name: "sessions",
  title: "Session",
  description: "The viewer's own sessions: where they are signed in.",
  item: OwnSession,
  list: { permission: "profile.read", filter: {}, sort: [], run: listOwnSessions },
  remove: revokeSession,
  collectionActions: { "revoke-others": revokeOtherSessions },
});

export const profileResource = resource({
  name: "profile",
  title: "Profile",
  description: "The viewer's own name and password. The only id is `me`.",
  item: Profile,
  get: { permission: "profile.read", run: getProfile },
  update: renameProfile,
  actions: { "change-password": changePassword },
});
