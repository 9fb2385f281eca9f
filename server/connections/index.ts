import "./services";

export {
  type AccessToken,
  accessSession,
  accessToken,
  invalidateAccessToken,
  type WithToken,
  withAccessToken,
} from "./access-token";
export { beginOAuth } from "./begin-oauth";
export { completeOAuth } from "./complete-oauth";
export { getAccount, listAccounts } from "./list-accounts";
export { getConnection, listConnections } from "./list-connections";
export { connectionFor, listSyncableAccounts, type Reach, type SyncableAccount } from "./reach-accounts";
export { type Learned, recordCapability } from "./record-capability";
export { type Rotation, rotateKeys } from "./rotate-keys";
