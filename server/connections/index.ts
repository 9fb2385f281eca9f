import "./belongings";
import "./services";

export { accessSession, accessToken, type WithToken, withAccessToken } from "./access-token";
export { beginOAuth } from "./begin-oauth";
export { closedTokenHosts } from "./closed-hosts";
export { completeOAuth } from "./complete-oauth";
export { type ConsentMap, drawConsentMap } from "./consent-map";
export { countAccounts, countUnassigned, getAccount, listAccounts } from "./list-accounts";
export { getConnection, listConnections } from "./list-connections";
export { describeConsentRequest, getConsent, summarizeConsents } from "./list-consents";
export { countLostKeys, forgetLostTokens } from "./lost-keys";
export { onBehalf } from "./on-behalf";
export { connectionFor, listSyncableAccounts } from "./reach-accounts";
export { createCallLedger } from "./record-call";
export { recordCapability } from "./record-capability";
export { startRefreshService } from "./refresh-service";
export { rotateKeys } from "./rotate-keys";
