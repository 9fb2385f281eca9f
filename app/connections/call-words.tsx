import type { AmazonCall, CallFailure } from "#server/connections/call-contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

/** What each operation does, for people. One without words is shown by its name. */
const operations: Record<string, string> = {
  "accounts.listAdvertisers": "List advertisers",
  "accounts.listProfiles": "List profiles",
  "amc.checkAudiences": "Check AMC audiences",
  "amc.listAccounts": "List AMC accounts",
  "amc.listAdvertisers": "List AMC advertisers",
  "amc.listInstances": "List AMC instances",
  "dsp.queryAdGroups": "List ad groups",
  "dsp.queryAds": "List ads",
  "dsp.queryCampaigns": "List campaigns",
  "dsp.updateAdGroups": "Change ad groups",
  "dsp.updateAds": "Change ads",
  "dsp.updateCampaigns": "Change campaigns",
  "lwa.exchangeCode": "Take up a consent",
  "lwa.refresh": "Refresh the access token",
  "lwa.userProfile": "Read the Amazon user's name",
  "reporting.download": "Download a report",
  "reporting.legacy.request": "Ask for a report (older kind)",
  "reporting.legacy.status": "Look whether a report is ready (older kind)",
  "reporting.v3.request": "Ask for a report",
  "reporting.v3.status": "Look whether a report is ready",
};

export const operationWords = (operation: string): string => operations[operation] ?? operation;

export const operationOptions = Object.entries(operations).map(([value, label]) => ({ value, label }));

const failures: Record<CallFailure, { word: string; signal: Signal }> = {
  throttled: { word: "Throttled", signal: "attention" },
  unauthorized: { word: "Not authorised", signal: "problem" },
  rejected: { word: "Refused", signal: "problem" },
  unavailable: { word: "No answer", signal: "problem" },
  unexpected_shape: { word: "Unexpected answer", signal: "problem" },
  grant_rejected: { word: "Consent refused", signal: "problem" },
  client_rejected: { word: "Client refused", signal: "problem" },
  url_expired: { word: "Address expired", signal: "attention" },
  aborted: { word: "Given up", signal: "off" },
};

export const failureWords = (failure: CallFailure): string => failures[failure].word;

export const failureOptions = Object.entries(failures).map(([value, { word }]) => ({ value, label: word }));

/** How the call ended, in a word, with Amazon's status. */
export function CallTag({ call: { errorClass, status } }: { call: AmazonCall }) {
  const { word, signal } = errorClass ? failures[errorClass] : { word: "OK", signal: "ok" as const };
  if (errorClass === "unavailable" && status) return <StatusTag signal={signal}>{status} Amazon failed</StatusTag>;
  return <StatusTag signal={signal}>{[status, word].filter(Boolean).join(" ")}</StatusTag>;
}
