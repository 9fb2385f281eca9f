// States, capabilities and regions of the connections pages, each as a sign with a word.
import type {
  Capability,
  CapabilityName,
  Connection,
  ConnectionState,
  Region,
  RegionDiscovery,
} from "#server/connections/contract";
import { regionNames } from "#server/connections/contract";
import type { ProgressItem } from "~/ui/progress-list";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";

const stateWords: Record<ConnectionState, { signal: Signal; word: string }> = {
  healthy: { signal: "ok", word: "Healthy" },
  expiring: { signal: "attention", word: "Consent ends soon" },
  degraded: { signal: "attention", word: "Degraded" },
  needs_reconsent: { signal: "problem", word: "Consent needed" },
  disconnected: { signal: "off", word: "Disconnected" },
};

export const stateWord = (state: ConnectionState): string => stateWords[state].word;

/** Nothing comes through it until somebody consents. */
export const isCutOff = (state: ConnectionState): boolean => state === "disconnected" || state === "needs_reconsent";

export function StateTag({ connection }: { connection: Pick<Connection, "state" | "stateReason"> }) {
  const { signal, word } = stateWords[connection.state];
  return (
    <StatusTag signal={signal} why={connection.stateReason}>
      {word}
    </StatusTag>
  );
}

/** When the next use fetches a new access token, or may try again. */
export function NextToken({ connection: { state, token } }: { connection: Connection }) {
  if (isCutOff(state)) return <span className="tm-muted">none</span>;
  return <Time at={token.retryAt ?? token.renewsAt} none="with the next use" />;
}

/** `filter` is what an account can do that has it. */
export const capabilityWords: Record<CapabilityName, { name: string; filter: string }> = {
  campaigns: { name: "Campaigns", filter: "Campaigns can be read" },
  reports: { name: "Reports", filter: "Reports can be made" },
  write: { name: "Changes", filter: "Can be changed" },
  amc: { name: "AMC", filter: "AMC can be used" },
  audiences: { name: "Audiences", filter: "Audiences can be made" },
};

/** What may be done, or why not; the reason is on hover and in words for screen readers. */
export function CapabilityTag({ name, capability }: { name: string; capability: Capability }) {
  const { ok, unproven, reason, remedy, uncheckedSince } = capability;
  const unchecked = uncheckedSince ? "Not checked lately: Amazon gave no usable answer." : null;
  const why = [reason, remedy, unchecked].filter(Boolean).join(" ");
  const signal = ok ? (unproven ? "waiting" : "ok") : "off";
  return (
    <StatusTag signal={signal} why={why || null}>
      {ok ? name : `No ${name === name.toUpperCase() ? name : name.toLowerCase()}`}
    </StatusTag>
  );
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const regionOrder: Region[] = ["NA", "EU", "FE"];

export const isLooking = (discovery: Connection["discovery"]): boolean =>
  regionOrder.some((region) => ["waiting", "running"].includes(discovery[region].state));

/** "14 accounts in 2 regions", and what is not known yet. */
export function discoveryWords(discovery: Connection["discovery"]): string {
  const regions = regionOrder.map((region) => discovery[region]);
  const found = regions.reduce((sum, region) => sum + accountsIn(region), 0);
  const some = regions.filter((region) => accountsIn(region) > 0).length;
  const failed = regionOrder.filter((region) => discovery[region].state === "failed");
  if (isLooking(discovery)) return found > 0 ? `Looking; ${plural(found, "account")} so far` : "Looking for accounts";
  const missing = failed.length > 0 ? `; not ${failed.map((region) => regionNames[region]).join(" and ")}` : "";
  return `${found > 0 ? `${plural(found, "account")} in ${plural(some, "region")}` : "No accounts found"}${missing}`;
}

/** Entities are profiles too: each is counted once. */
const accountsIn = ({ profiles, advertisers }: RegionDiscovery): number => profiles + advertisers;

const regionStates: Record<RegionDiscovery["state"], { signal: Signal; state: string; share: number | null }> = {
  waiting: { signal: "waiting", state: "Waiting", share: 0 },
  running: { signal: "working", state: "Looking", share: null },
  done: { signal: "ok", state: "Done", share: 1 },
  failed: { signal: "problem", state: "Failed", share: 0 },
};

const foundWords = ({ profiles, entities, advertisers }: RegionDiscovery): string =>
  profiles + advertisers === 0
    ? "Nothing found"
    : [
        plural(advertisers, "advertiser"),
        ...(entities > 0 ? [plural(entities, "DSP entity", "DSP entities")] : []),
        ...(profiles > entities ? [plural(profiles - entities, "other profile")] : []),
      ].join(", ");

function RegionWords({ found }: { found: RegionDiscovery }) {
  const { state, reason, remedy, nextTryAt } = found;
  if (state === "waiting") return <>Starts in a moment</>;
  if (state === "running" && found.profiles === 0) return <>Asking Amazon</>;
  if (state !== "failed") return <>{foundWords(found)}</>;
  return (
    <>
      {reason} {remedy ?? null} {nextTryAt ? "Tried again " : null}
      {nextTryAt ? <Time at={nextTryAt} /> : null}
    </>
  );
}

/** Whether every region was looked through to its end. */
export const isDiscovered = (discovery: Connection["discovery"]): boolean =>
  regionOrder.every((region) => discovery[region].state === "done");

/** What was found, region by region. */
export const foundFacts = (discovery: Connection["discovery"]) =>
  regionOrder.map((region) => ({ label: regionNames[region], value: foundWords(discovery[region]) }));

export const discoveryItems = (discovery: Connection["discovery"]): ProgressItem[] =>
  regionOrder.map((region) => ({
    key: region,
    name: regionNames[region],
    label: regionNames[region],
    ...regionStates[discovery[region].state],
    words: <RegionWords found={discovery[region]} />,
  }));
