// T2: the token hosts away for six hours in three ways. T8: one region away, the others as before.
import { setTimeout as sleep } from "node:timers/promises";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

const minute = 60_000;
const hour = 60 * minute;
const regions = ["NA", "EU", "FE"] as const;

interface Way {
  name: string;
  begin(soak: TokenRig): void;
  end(soak: TokenRig): Promise<void> | void;
}

const everywhere = (fault: object): Pick<Way, "begin" | "end"> => ({
  begin: ({ sandbox }) => void sandbox.control.faults.add({ path: "lwa.token", ...fault }),
  end: ({ sandbox }) => sandbox.control.faults.clear(),
});

const ways: Way[] = [
  { name: "503", ...everywhere({ status: 503 }) },
  {
    name: "refused",
    begin: ({ wires }) => {
      for (const region of regions) wires[region].cut();
    },
    end: async ({ wires }) => {
      for (const region of regions) await wires[region].mend();
    },
  },
  { name: "200 in HTML", ...everywhere({ status: 200, body: "<html>back soon</html>", contentType: "text/html" }) },
];

export async function outages(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const connections = short ? 60 : 1000;
  const passing = (short ? 4 : 2) * minute;
  await soak.fleet({ connections, agencies: short ? 5 : 20, spreadMs: 40 * minute });
  soak.startWorker();
  soak.startWorker();
  await settleIn(soak, connections);
  const figures: string[] = [];
  const bars: Record<string, boolean> = {};
  for (const way of ways) {
    const before = await attempts(soak);
    way.begin(soak);
    for (let passed = 0; passed < 6 * hour; passed += passing) await step(soak, passing);
    const asked = (await attempts(soak)) - before;
    await way.end(soak);
    let back = 0;
    while (back < 30 && (await soak.fresh(1)) < connections) {
      await step(soak, minute / 2);
      back += 0.5;
    }
    const states = await soak.states();
    figures.push(`${way.name}: ${asked} calls, all fresh after ${back} min`);
    bars[`${way.name}: fresh within 10 minutes`] = back <= 10;
    bars[`${way.name}: asked, but at most once for each connection in 5 minutes`] =
      asked > 0 && asked <= connections * 72;
    bars[`${way.name}: nobody disconnected`] = !states.needs_reconsent && !states.disconnected;
    bars[`${way.name}: all healthy again`] = states.healthy === connections;
    await settleIn(soak, connections);
  }
  return check(figures.join(", "), bars);
}

/** By the ledger: what was refused at the wire never reached the sandbox. */
async function attempts({ sql }: TokenRig): Promise<number> {
  // It is written a moment behind.
  await sleep(600);
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from amazon_calls where operation = 'lwa.refresh'`;
  return row?.n ?? 0;
}

async function settleIn(soak: TokenRig, connections: number): Promise<void> {
  for (let at = 0; at < 40 && (await soak.fresh(21)) < connections; at++) await step(soak, minute);
}

async function step(soak: TokenRig, ms: number): Promise<void> {
  await soak.advance(ms);
  await soak.settle();
}

/** Simulated minutes from when a token was due to when it was renewed. */
export async function regionAway(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const connections = short ? 90 : 900;
  await soak.fleet({ connections, agencies: short ? 5 : 20, spreadMs: 40 * minute });
  soak.startWorker();
  soak.startWorker();
  await settleIn(soak, connections);
  const before = await lateness(soak, short ? 2 * hour : 12 * hour);
  soak.sandbox.control.faults.add({ path: "lwa.token", region: "FE", drop: true });
  const during = await lateness(soak, short ? 2 * hour : 12 * hour);
  const away = await soak.sql<
    { n: number }[]
  >`select count(*)::int as n from connections where region = 'FE' and state = 'degraded'`;
  soak.sandbox.control.faults.clear();
  let back = 0;
  while (back < 30 && (await soak.fresh(1)) < connections) {
    await step(soak, minute / 2);
    back += 0.5;
  }
  return check(
    `p99 lateness of the others ${before.toFixed(2)} min before, ${during.toFixed(2)} min while FE was away; ${away[0]?.n} said so, all fresh after ${back} min`,
    {
      "the other regions as before": during <= before * 1.1 + 0.5,
      "those of the region say so": away[0]?.n === connections / 3,
      "back within 10 minutes": back <= 10,
    },
  );
}

async function lateness(soak: TokenRig, ms: number): Promise<number> {
  const late: number[] = [];
  for (let passed = 0; passed < ms; passed += minute) {
    const due = await soak.sql<{ id: string; at: Date; version: number }[]>`
      select connection_id as id, renew_at as at, version from grants g join connections c on c.id = g.connection_id
      where c.region <> 'FE' and renew_at <= tidemark_now() + interval '1 minute'`;
    await step(soak, minute);
    const now = soak.clock.now().getTime();
    const left = new Set(
      (await soak.sql<{ key: string }[]>`select connection_id || ' ' || version as key from grants`).map(
        ({ key }) => key,
      ),
    );
    for (const { id, at, version } of due) if (!left.has(`${id} ${version}`)) late.push((now - at.getTime()) / minute);
  }
  late.sort((a, b) => a - b);
  return late[Math.floor(late.length * 0.99)] ?? Number.POSITIVE_INFINITY;
}
