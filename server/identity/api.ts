import { resource } from "../core/resource";
import { changePassword } from "./change-password";
import { OwnSession, Passkey, Place, Profile } from "./contract";
import { listOwnSessions } from "./list-sessions";
import { addPasskey, beginPasskey, listOwnPasskeys, removePasskey, renamePasskey } from "./passkeys";
import { listPlaces } from "./places";
import { getProfile, renameProfile } from "./profile";
import { beginProof, prove } from "./prove";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { beginTotp, confirmTotp, renewRecoveryCodes, turnOffTotp } from "./set-up-totp";

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
  description: "The viewer's own name, and how they sign in. The only id is `me`.",
  item: Profile,
  get: { permission: "profile.read", run: getProfile },
  update: renameProfile,
  actions: {
    "change-password": changePassword,
    "begin-totp": beginTotp,
    "confirm-totp": confirmTotp,
    "turn-off-totp": turnOffTotp,
    "renew-recovery-codes": renewRecoveryCodes,
    "begin-passkey": beginPasskey,
    "add-passkey": addPasskey,
    "begin-proof": beginProof,
    prove,
  },
  single: [
    "change-password",
    "begin-totp",
    "confirm-totp",
    "turn-off-totp",
    "renew-recovery-codes",
    "begin-passkey",
    "add-passkey",
    "begin-proof",
    "prove",
  ],
});

export const passkeysResource = resource({
  name: "passkeys",
  title: "Passkey",
  description:
    "The viewer's own passkeys. New ones are made at `profile/me/begin-passkey` and `profile/me/add-passkey`.",
  item: Passkey,
  list: { permission: "profile.read", filter: {}, sort: [], run: listOwnPasskeys },
  update: renamePasskey,
  remove: removePasskey,
});

export const placesResource = resource({
  name: "places",
  title: "Place",
  description: "The agencies the viewer works for.",
  item: Place,
  list: { permission: "profile.read", filter: {}, sort: [], run: listPlaces },
});
