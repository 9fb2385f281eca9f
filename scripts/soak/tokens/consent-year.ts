// T11: a consent that ends after a year: notices before, the end on the day, and nothing more after a new consent.
import type { Person } from "../../person";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

const hour = 3_600_000;
const day = 24 * hour;

export async function consentYear(soak: TokenRig): Promise<Outcome> {
  soak.sandbox.control.settings.set({ consentDays: 365 });
  const { owner, server, ...tenant } = await soak.startServer();
  await owner.connectAmazon("NA");
  const [connection] = await owner.api<{ id: string }[]>("GET", "connections");
  await untilDiscovered(owner);
  const kept = await holdings(owner);
  const told: Record<string, number[]> = { consent_ending: [], needs_reconsent: [], recovered: [] };
  let endedOn: number | null = null;
  for (let at = 1; at <= 366; at++) {
    await soak.advance(day);
    await soak.settle();
    // The end is confirmed a minute apart, three times.
    for (let times = 0; at >= 365 && times < 4; times++) {
      await soak.advance(1.5 * 60_000);
      await soak.settle();
    }
    if (endedOn === null && (await soak.states()).needs_reconsent) endedOn = at;
    await mark(soak, told, at);
  }
  const reconsented = await owner.connectAmazon("NA");
  await soak.advance(hour);
  await soak.settle();
  const after = await holdings(owner);
  const same = JSON.stringify(after) === JSON.stringify(kept);
  for (let at = 367; at <= 380; at++) {
    await soak.advance(day);
    await soak.settle();
  }
  await mark(soak, told, 380);
  await server.kill("SIGTERM");
  const [row] = await soak.sql<
    { state: string; id: string }[]
  >`select state, id from connections where agency_id = ${tenant.agencyId}`;
  return check(
    `notices on day ${told.consent_ending?.join(", ")}, ended on day ${endedOn}, ${told.needs_reconsent?.length} told of it, ${told.recovered?.length} of its return; back with ${after.accounts} accounts`,
    {
      "notices 30, 14, 7 and 1 days before":
        JSON.stringify(told.consent_ending) === JSON.stringify([335, 351, 358, 364]),
      "ended on day 365": endedOn === 365,
      "told once of the end": told.needs_reconsent?.length === 1,
      "told once of the return": told.recovered?.length === 1,
      "the same connection": row?.id === connection?.id && reconsented.includes(connection?.id ?? "-"),
      "healthy again": row?.state === "healthy",
      "accounts and schedules kept": same && kept.accounts > 0,
    },
  );
}

async function untilDiscovered(owner: Person): Promise<void> {
  for (let look = 0; look < 200; look++) {
    if ((await holdings(owner)).accounts > 0 && (await holdings(owner)).runs > 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no accounts were found");
}

async function holdings(owner: Person): Promise<{ accounts: number; runs: number }> {
  const accounts = await owner.api<unknown[]>("GET", "accounts");
  const runs = await owner.api<{ kind: string }[]>("GET", "sync-runs?kind=backfill&_start=0&_end=200");
  return { accounts: accounts.length, runs: runs.length };
}

/** Puts the day beside every message that has come since. */
async function mark(soak: TokenRig, told: Record<string, number[]>, at: number): Promise<void> {
  // Messages are made by jobs, which real time runs.
  for (let look = 0; look < 100; look++) {
    const [row] = await soak.sql<{ n: number }[]>`select count(*)::int as n from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier like 'notifications.%' and t.identifier <> 'notifications.deliver'`;
    if (row?.n === 0) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  const rows = await soak.sql<
    { kind: string; n: number }[]
  >`select kind, count(*)::int as n from messages group by kind`;
  for (const { kind, n } of rows) {
    const days = told[kind.replace("connection.", "")];
    while (days && days.length < n) days.push(at);
  }
}
