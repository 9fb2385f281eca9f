// AMC and audiences of one advertiser, from what lookAtAmc saw.
import type { FoundCapabilities } from "./capabilities";
import type { Capability } from "./contract";
import type { AmcSight, SeenAmcAccount, SeenInstance } from "./look-at-amc";

export interface AmcQuestion {
  advertiserId: string;
  /** Of its DSP entity; null: not known. */
  marketplaceId: string | null;
  /** Whether the Amazon user may change things in the DSP entity; null: not known. */
  mayEdit: boolean | null;
}

const checkAgain = "then check again.";

/** What is null could not be asked. */
export function amcCapabilities(sight: AmcSight, question: AmcQuestion): Pick<FoundCapabilities, "amc" | "audiences"> {
  const amc = reachOf(sight, question);
  if (amc === null) return { amc, audiences: null };
  if (!amc.ok || sight.kind !== "seen") {
    return { amc, audiences: { ...amc, reason: `Audiences are made in AMC. ${amc.reason}` } };
  }
  return { amc, audiences: audiencesOf(covering(sight.accounts, question), question) };
}

function reachOf(sight: AmcSight, question: AmcQuestion): Capability | null {
  if (sight.kind === "unanswered") return null;
  if (sight.kind === "refused") return sight.capability;
  const instances = covering(sight.accounts, question);
  const ready = instances.find((instance) => instance.ready);
  if (ready) return { ok: true, reason: `Reachable through the AMC instance "${ready.name}".` };
  if (!sight.complete) return null;
  const [unready] = instances;
  if (unready) return notReady(unready);
  return outside(sight.accounts, question);
}

const covering = (accounts: SeenAmcAccount[], { advertiserId }: AmcQuestion): SeenInstance[] =>
  accounts.flatMap(({ instances }) => instances.filter((instance) => instance.advertiserIds.has(advertiserId)));

const notReady = ({ name, status }: SeenInstance): Capability =>
  status === "FAILED"
    ? { ok: false, reason: `Its AMC instance "${name}" could not be made.`, remedy: "Make it anew in the AMC console." }
    : {
        ok: false,
        reason: `Its AMC instance "${name}" is still being made (${status}).`,
        remedy: "Check again later.",
      };

/** No instance that could be looked through holds the advertiser: the nearest cause is told. */
function outside(accounts: SeenAmcAccount[], { marketplaceId }: AmcQuestion): Capability {
  if (accounts.length === 0) {
    return {
      ok: false,
      reason: "No AMC account for this entity: the Amazon user may use none.",
      remedy: `Give the user access to an AMC account, or ask Amazon for one, ${checkAgain}`,
    };
  }
  const closed = accounts.filter((account) => account.closed);
  const own = closed.find((account) => account.marketplaceId === marketplaceId);
  if (own?.closed) return own.closed;
  const open = accounts.filter((account) => !account.closed);
  if (open.length === 0 && closed[0]?.closed) return closed[0].closed;
  const names = open.map(({ name }) => `"${name}"`).join(", ");
  const count = open.reduce((sum, { instances }) => sum + instances.length, 0);
  return count === 0
    ? { ok: false, reason: `No AMC instance: ${names} has none.`, remedy: `Make one in the AMC console, ${checkAgain}` }
    : {
        ok: false,
        reason: `No AMC instance holds this advertiser (${count} looked through, of ${names}).`,
        remedy: `Add the advertiser to an instance in the AMC console, ${checkAgain}`,
      };
}

/** The best of the ready instances. Reading is proven by a call; making one only by doing it. */
function audiencesOf(instances: SeenInstance[], { mayEdit }: AmcQuestion): Capability | null {
  const ready = instances.filter((instance) => instance.ready);
  const readable = ready.find(({ audiences }) => audiences?.ok);
  if (!readable) return ready.some(({ audiences }) => audiences === null) ? null : (ready[0]?.audiences ?? null);
  if (mayEdit === false) {
    return {
      ok: false,
      reason: "The Amazon user may only view the DSP entity: no audience can be made for its advertisers.",
      remedy: `Change the user's rights in Amazon's console, ${checkAgain}`,
    };
  }
  return {
    ok: true,
    unproven: true,
    reason: `The audiences of the AMC instance "${readable.name}" can be read. Making one shows with the first.`,
  };
}
