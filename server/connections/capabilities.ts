import type { Capabilities, Capability, CapabilityName } from "./contract";

const names: CapabilityName[] = ["campaigns", "reports", "write", "amc", "audiences"];

/** What a probe brought; null where Amazon gave no usable answer. */
export type FoundCapabilities = Record<CapabilityName, Capability | null>;

export const all = <T extends Capability | null>(capability: T): Record<CapabilityName, T> => ({
  campaigns: capability,
  reports: capability,
  write: capability,
  amc: capability,
  audiences: capability,
});

/** A profile of sponsored ads: seen, and left alone. */
export const profileCapabilities = all({
  ok: false,
  reason: "A sponsored ads profile. Tidemark works with Amazon DSP.",
});

/** A DSP entity holds advertisers; everything is done on each of them. */
export const entityCapabilities = all({
  ok: false,
  reason: "A DSP entity holds advertisers: what can be done is found on each of them.",
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

/** Of accounts that were stored before there was a probe for it. */
const notLookedAt: Capability = {
  ok: true,
  unproven: true,
  reason: "Not looked at yet. Shows with the next discovery, or when it is checked again.",
};

const unanswered: Capability = {
  ok: true,
  unproven: true,
  reason: "Amazon gave no usable answer when this was asked. It shows with the first use.",
};

export const isUnreachable = (capabilities: Pick<Capabilities, "campaigns">): boolean =>
  capabilities.campaigns.reason === unreachable.campaigns.reason;

export const completed = (stored: Partial<Capabilities>): Capabilities => ({ ...all(notLookedAt), ...stored });

interface Known {
  capabilities: Partial<Capabilities>;
  probedAt: Date;
}

/** What is known after a probe: its answers, and what was known before where it has none. What use has proven stays. */
export function keepKnown(found: FoundCapabilities, before?: Known): Capabilities {
  const known = all<Capability>(unanswered);
  for (const name of names) known[name] = after(found[name], before?.capabilities[name], before?.probedAt);
  return known;
}

function after(found: Capability | null, before: Capability | undefined, probedAt = new Date(0)): Capability {
  if (found === null) {
    if (!before || before.reason === unanswered.reason) return unanswered;
    return { ...before, uncheckedSince: before.uncheckedSince ?? probedAt.toISOString() };
  }
  if (!found.unproven || !before?.ok || before.unproven) return found;
  const { uncheckedSince: _, ...proven } = before;
  return proven;
}

const worth = ({ ok, unproven }: Capability) => (ok ? (unproven ? 1 : 2) : 0);

/** What an account can do is the best of what its connections may do; without a connection: nothing. */
export function bestOf(accesses: readonly Capabilities[]): Capabilities {
  const best: Capabilities = { ...unreachable };
  for (const name of names) {
    const [first, ...rest] = accesses.map((access) => access[name]);
    if (first) best[name] = rest.reduce((a, b) => (worth(b) > worth(a) ? b : a), first);
  }
  return best;
}
