// T4: a worker is killed at each step of a refresh; another takes the lease over.
import { setTimeout as sleep } from "node:timers/promises";
import { failpoints } from "../failpoints";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig, Worker } from "./rig";

/** A step that no failpoint marks: the request is out, the reply is not here. */
const afterSend = "token.sent";

export async function crashes(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const points = [...failpoints().filter((point) => point.startsWith("token.")), afterSend];
  const times = short ? 5 : 100;
  await soak.fleet({ connections: 1, agencies: 1 });
  const heir = soak.startWorker();
  await heir.started;
  let usable = 0;
  let slowest = 0;
  for (let time = 0; time < times; time++) {
    for (const point of points) {
      const seconds = await crash(soak, { point, heir });
      if (seconds !== null) usable++;
      slowest = Math.max(slowest, seconds ?? Number.POSITIVE_INFINITY);
    }
  }
  const total = points.length * times;
  return check(`${points.length} steps x ${times}: ${usable} of ${total} usable, taken over in ${slowest} s at most`, {
    "the token is usable after every crash": usable === total,
    "taken over in 60 s": slowest <= 60,
  });
}

/**
 * Another process, the heir, is asleep while the first one dies.
 * @returns simulated seconds until it has a token that the sandbox accepts; null where it never has
 */
async function crash(soak: TokenRig, { point, heir }: { point: string; heir: Worker }): Promise<number | null> {
  await until(() => freshAndUsable(soak), 10_000);
  heir.child.kill("SIGSTOP");
  await soak.sql`update grants set renew_at = null, retry_at = null, access_expires_at = tidemark_now() + interval '2 minutes'`;
  if (point === afterSend) {
    soak.sandbox.control.faults.add({ path: "lwa.token", delayMs: 1500, times: 1, afterEffect: true });
    const worker = soak.startWorker({ AMAZON_TOKEN_TIMEOUT_SECONDS: "5" });
    const out = await until(async () => (await leases(soak)) > 0, 30_000);
    await sleep(200);
    await worker.kill();
    if (!out) return null;
  } else {
    const worker = soak.startWorker({ TIDEMARK_FAILPOINT: point });
    const died = await Promise.race([worker.exited.then(() => true), sleep(60_000, false)]);
    if (!died) throw new Error(`the worker that was to die at ${point} did not get there in a minute`);
  }
  heir.child.kill("SIGCONT");
  const crashedAt = soak.clock.now().getTime();
  for (let waited = 0; waited <= 90; waited += 10) {
    // While the dead one's lease holds, only time helps.
    const patience = (await leases(soak)) > 0 ? 50 : 1500;
    if (await until(() => freshAndUsable(soak), patience)) return (soak.clock.now().getTime() - crashedAt) / 1000;
    await soak.advance(10_000);
  }
  return null;
}

const freshAndUsable = async (soak: TokenRig) => (await soak.fresh(20)) === 1 && (await soak.unusable()) === 0;

async function until(ask: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!(await ask())) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

async function leases({ sql }: TokenRig): Promise<number> {
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from grants where lease_until > tidemark_now()`;
  return row?.n ?? 0;
}
