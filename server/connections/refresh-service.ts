// Keeps every grant of every agency fresh, in the background: due grants are leased from the database, agency by agency, and
// renewed through a sliding window, so that one slow reply holds up nobody. Any number of processes may run it at once.
import { randomUUID } from "node:crypto";
import type { Ctx } from "../core/context";
import type { Database } from "../core/db/connect";
import type { Log } from "../core/log";
import { clientStanding, Region } from "./contract";
import { gatesTold, takeProbe } from "./gate-store";
import { renewChannel } from "./grant-store";
import { createRenewer, type Renewer } from "./renewer";
import { gateKeys, standingOf } from "./token-gate";
import { clientRefused, type TokenFailure } from "./token-outcome";
import { type Allowance, lookAfter } from "./watch-agency";
import { type Round, readRound } from "./watch-store";
import "./services";

export interface RefreshServiceOptions {
  database: Database;
  /** The system's ctx in an agency. */
  context(agencyId: string): Ctx;
  amazon: Ctx["services"]["amazon"];
  log: Log;
  /** Requests for tokens under way at once, of all processes together. */
  inFlight?: number;
}

const mostInFlight = 32;
const pollMs = 1000;
const failedLookMs = 5000;

export function startRefreshService(options: RefreshServiceOptions): { stop(): Promise<void> } {
  const { database, log, inFlight = mostInFlight } = options;
  const keys = gateKeys(options.amazon.lwa);
  const owner = randomUUID();
  const wake = createWake();
  const looks = new Map<string, Date>();
  /** Agencies in which something came to be due since they were last begun to be looked at. */
  const stirred = new Set<string>();
  const stir = (agencyId: string) => {
    stirred.add(agencyId);
    wake.now();
  };
  const renewer = createRenewer({
    log,
    onFree: (agencyId, renewed) => {
      // What failed may be due again before the agency's next look.
      if (!renewed) stir(agencyId);
      else if (renewer.room() > 0) wake.now();
    },
  });
  let stopped = false;
  const resize = (workers: number) => renewer.resize(Math.max(1, Math.floor(inFlight / Math.max(1, workers))));
  const room = (workers: number) => {
    resize(workers);
    return renewer.room();
  };

  const listening = database.pool.listen(renewChannel, stir);
  listening.catch((error) => log.warn({ err: error }, "renewals asked for are seen at the next look only"));

  async function round(): Promise<boolean> {
    const seen = await database.withSystem((db) => readRound(db, keys));
    resize(seen.workers);
    await tellClientStanding(options, seen).catch((error) =>
      log.warn({ err: error }, "not everyone was told of the client"),
    );
    const allowance = await allowanceOf(options, seen);
    let claimed = 0;
    for (const agencyId of turned(seen.agencies, renewer)) {
      if (stopped || renewer.room() === 0) return claimed > 0;
      const look = looks.get(agencyId);
      if (!stirred.delete(agencyId) && look && look > seen.now) continue;
      const ctx = options.context(agencyId);
      try {
        const found = await lookAfter(ctx, { owner, allowance, room });
        renewer.renew(ctx, found.leased);
        claimed += found.leased.length;
        looks.set(agencyId, found.nextLook);
      } catch (error) {
        // The agencies after it must not wait for it.
        log.warn({ err: error, agencyId }, "an agency's tokens could not be looked after");
        looks.set(agencyId, new Date(seen.now.getTime() + failedLookMs));
      }
    }
    return claimed > 0;
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      const busy = await round().catch((error) => {
        log.warn({ err: error }, "tokens could not be looked after");
        return false;
      });
      // Full: until one is done. Nothing due: until it is time to look again, or something woke us.
      if (!stopped && (!busy || renewer.room() === 0)) await wake.wait(pollMs);
    }
  }

  const looping = loop();
  return {
    async stop() {
      stopped = true;
      wake.now();
      await looping;
      await renewer.stop();
      await listening.then(({ unlisten }) => unlisten()).catch(() => {});
    },
  };
}

/** Another agency begins each time the window was full, so that none is always last. */
function turned(agencies: string[], renewer: Renewer): string[] {
  const at = agencies.length === 0 ? 0 : renewer.taken() % agencies.length;
  return [...agencies.slice(at), ...agencies.slice(0, at)];
}

/** How many refreshes may go to each region now. */
async function allowanceOf({ database, amazon }: RefreshServiceOptions, { gates, now }: Round): Promise<Allowance> {
  const allowance: Allowance = { NA: null, EU: null, FE: null };
  const probes = new Map<string, { left: number; failure: TokenFailure }>();
  for (const region of Region.options) {
    const key = amazon.lwa.tokenHost(region);
    const standing = standingOf(
      gates.find((gate) => gate.key === key),
      now,
    );
    if (standing.kind === "open") continue;
    const probe = probes.get(key) ?? { left: 0, failure: standing.failure };
    if (standing.kind === "probe" && !probes.has(key)) {
      probe.left = (await database.withSystem((db) => takeProbe(db, key))) ? 1 : 0;
    }
    probes.set(key, probe);
    allowance[region] = probe;
  }
  return allowance;
}

/** One alarm for everyone when Amazon stops accepting our client, and one when it does so again. */
async function tellClientStanding(options: RefreshServiceOptions, { now, agencies, gates }: Round): Promise<void> {
  const untold = gates.filter(({ cause, told }) => cause === "client_rejected" && !told);
  const [gate] = untold;
  if (!gate) return;
  const accepted = gate.endedAt !== null;
  const { reason, remedy } = clientRefused;
  options.log[accepted ? "info" : "error"](
    { since: gate.since, reason },
    accepted ? "client accepted" : "client refused",
  );
  const standing = {
    accepted,
    reason,
    remedy,
    since: gate.since.toISOString(),
    at: (gate.endedAt ?? now).toISOString(),
  };
  for (const agencyId of agencies) await options.context(agencyId).tx((tx) => tx.announce(clientStanding, standing));
  await options.database.withSystem((db) => gatesTold(db, untold));
}

/** A wait that can be cut short; a wake while nobody waits is not lost. */
function createWake() {
  let awake = false;
  let rouse = () => {};
  return {
    now() {
      awake = true;
      rouse();
    },
    async wait(ms: number) {
      if (!awake) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, ms);
          rouse = () => {
            clearTimeout(timer);
            done();
          };
        });
      }
      awake = false;
    },
  };
}
