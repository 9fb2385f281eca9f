import type { Capabilities, Capability, CapabilityName } from "./contract";

const names: CapabilityName[] = ["campaigns", "reports", "write"];

export const all = (capability: Capability): Capabilities => ({
  campaigns: capability,
  reports: capability,
  write: capability,
});

/** A profile of sponsored ads: seen, and left alone. */
export const profileCapabilities = all({
  ok: false,
  reason: "A sponsored ads profile. Tidemark works with Amazon DSP.",
});

/** A DSP entity holds advertisers; campaigns and reports are theirs. */
export const entityCapabilities = all({
  ok: false,
  reason: "A DSP entity holds advertisers: campaigns, reports and changes are found on each of them.",
});

/** Report days are days of the account's zone: without it no number could be put on a day. */
export const unknownZone = (zone: string) =>
  all({
    ok: false,
    reason: `Amazon names a time zone for it that Tidemark does not know ("${zone.slice(0, 60)}").`,
    remedy: "Correct the advertiser's time zone in Amazon's console, then discover again.",
  });

export const unreachable = all({
  ok: false,
  reason: "No connection reaches this account any more.",
  remedy: "Connect an Amazon user who can see it, or discover the accounts of a connection again.",
});

export const isUnreachable = (capabilities: Capabilities): boolean =>
  capabilities.campaigns.reason === unreachable.campaigns.reason;

const worth = ({ ok, unproven }: Capability) => (ok ? (unproven ? 1 : 2) : 0);

/** What an account can do is the best of what its connections may do; without a connection: nothing. */
export function bestOf(accesses: readonly Capabilities[]): Capabilities {
  const best = { ...unreachable };
  for (const name of names) {
    const [first, ...rest] = accesses.map((access) => access[name]);
    if (first) best[name] = rest.reduce((a, b) => (worth(b) > worth(a) ? b : a), first);
  }
  return best;
}
