import "./services";

export { accessSession, accessToken, type WithToken, withAccessToken } from "./access-token";
export { beginOAuth } from "./begin-oauth";
export { completeOAuth } from "./complete-oauth";
export { countAccounts, getAccount, listAccounts } from "./list-accounts";
export { getConnection, listConnections } from "./list-connections";
export { connectionFor, listSyncableAccounts } from "./reach-accounts";
export { recordCapability } from "./record-capability";
export { rotateKeys } from "./rotate-keys";
