// T7: every token ends in the same second.
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import { mostInFlight } from "./in-flight";
import type { TokenRig } from "./rig";

const allowed = 32;

export async function herd(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const connections = short ? 200 : 1000;
  await soak.fleet({ connections, agencies: short ? 5 : 20, spreadMs: 0 });
  soak.sandbox.control.faults.add({ path: "lwa.token", delayMs: 60, afterEffect: true });
  const patient = { AMAZON_TOKEN_TIMEOUT_SECONDS: "10" };
  const workers = [soak.startWorker(patient), soak.startWorker(patient)];
  // Their first breaths are not the herd's: both have to be there.
  await soak.sql`update grants set renew_at = tidemark_now() + interval '5 minutes'`;
  while (((await soak.sql`select 1 from worker_heartbeats`).length ?? 0) < workers.length) await pause(50);
  soak.sandbox.control.calls.clear();
  const begun = performance.now();
  await soak.advance(5 * 60_000);
  while ((await soak.fresh(20)) < connections && performance.now() - begun < 120_000) {
    await pause(50);
    await soak.advance(50);
  }
  const seconds = (performance.now() - begun) / 1000;
  const most = mostInFlight(soak.sandbox);
  const [spread] = await soak.sql<{ minutes: number }[]>`
    select (extract(epoch from max(renew_at) - min(renew_at)) / 60)::float as minutes from grants`;
  return check(
    `${connections} tokens in ${seconds.toFixed(1)} s, ${most} calls at once at most, next renewals over ${spread?.minutes.toFixed(0)} min`,
    {
      "all fresh in 60 s": seconds < 60 && (await soak.fresh(20)) === connections,
      "at most 32 in flight": most <= allowed,
      "then spread": (spread?.minutes ?? 0) > 5,
    },
  );
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
