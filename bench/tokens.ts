// The refresh service against a bare loop of the same requests: what keeping tokens costs beyond asking for them.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { bundle } from "../scripts/bundle";
import { startRig } from "../scripts/rig";
import { launchFleet } from "../scripts/token-fleet";
import { generateKey } from "../server/core/crypto/fernet";
import { percentile, print } from "./figure";
import type { Order } from "./token-process";

const connections = 1000;
const rounds = 9;

/** A bare loop of either client, or the product. */
type Way = "fetch" | "request" | "kept";

interface Cost {
  ms: number;
  /** Of the measured process: neither the sandbox's nor the database's. */
  cpuMs: number;
}

export async function bench(): Promise<void> {
  const rig = await startRig({ brands: 1, campaigns: 1 });
  const sql = postgres(rig.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await rig.ops(["migrate"]);
    const key = generateKey();
    const fleet = await launchFleet({
      ownerUrl: rig.databaseUrl,
      sandbox: rig.sandbox,
      key,
      agencies: 20,
      connections,
    });
    const env = { ...rig.serverEnv(), TIDEMARK_ENCRYPTION_KEYS: key };
    const [asking, keeping] = [await startMeasured(env), await startMeasured(env)];
    const ways: Record<Way, () => Promise<Cost>> = {
      fetch: () => asking.cost(() => asking.tell({ kind: "fetch", grants: fleet })),
      request: () => asking.cost(() => asking.tell({ kind: "request", grants: fleet })),
      kept: () => keeping.cost(() => renewAll(sql)),
    };
    for (const delayMs of [0, 50]) {
      const { id } = rig.sandbox.control.faults.add({ path: "lwa.token", delayMs, afterEffect: true });
      await keeping.tell({ kind: "serve" });
      const costs: Record<Way, Cost[]> = { fetch: [], request: [], kept: [] };
      // By turns: the machine is not equally fast all the time. The first round is for warming up.
      for (let round = 0; round <= rounds; round++) {
        for (const way of ["fetch", "request", "kept"] as const) {
          const cost = await ways[way]();
          if (round > 0) costs[way].push(cost);
        }
      }
      await keeping.tell({ kind: "rest" });
      rig.sandbox.control.faults.clear(id);
      report(costs, delayMs);
    }
    asking.stop();
    keeping.stop();
  } finally {
    await sql.end({ timeout: 5 });
    await rig.close();
  }
}

/** Every token ends; over when every one is renewed. */
async function renewAll(sql: Sql): Promise<void> {
  await sql`update grants set renew_at = now(), access_expires_at = now(), retry_at = null`;
  for (const { id } of await sql<{ id: string }[]>`select id from agencies`)
    await sql`select pg_notify('tidemark_renew', ${id})`;
  for (;;) {
    const [row] = await sql<{ left: number }[]>`
      select count(*)::int as left from grants where access_expires_at < now() + interval '30 minutes'`;
    if (row?.left === 0) return;
    await sleep(10);
  }
}

function report({ fetch, request, kept }: Record<Way, Cost[]>, delayMs: number): void {
  const of = (costs: Cost[], what: keyof Cost) =>
    connections /
    (percentile(
      costs.map((cost) => cost[what]),
      0.5,
    ) /
      1000);
  const when = `replies after ${delayMs} ms`;
  for (const [client, bare] of Object.entries({ "Node's fetch": fetch, "undici's own request": request })) {
    const baseline = `the same requests by ${client} in a bare loop, 32 at once, in a process of its own`;
    const [cpu, wall] = [of(kept, "cpuMs") / of(bare, "cpuMs"), of(kept, "ms") / of(bare, "ms")];
    print({ figure: `refreshes per second, ${when}`, value: wall, unit: "ratio", baseline });
    print({ figure: `refreshes per CPU second of the process, ${when}`, value: cpu, unit: "ratio", baseline });
  }
  print({ figure: `refreshes per second, ${when}`, value: of(kept, "ms"), unit: "1/s", baseline: "none" });
}

/** As the product runs: from one file, with its memory. */
async function startMeasured(env: NodeJS.ProcessEnv) {
  const program = await bundle("bench/token-process.ts");
  const child = spawn(process.execPath, ["--max-semi-space-size=64", program], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = async (order: Order): Promise<number> => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const { value } = await answers.next();
    return (JSON.parse(value ?? "{}") as { cpuMs: number }).cpuMs;
  };
  return {
    tell,
    async cost(work: () => Promise<unknown>): Promise<Cost> {
      const cpu = await tell({ kind: "cpu" });
      const begun = performance.now();
      await work();
      const ms = performance.now() - begun;
      return { ms, cpuMs: (await tell({ kind: "cpu" })) - cpu };
    },
    stop: () => child.kill("SIGKILL"),
  };
}
