// I5: reads and writes of many agencies share a few connections; statements are cancelled and connections killed on the way.
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { openDatabase } from "../../../server/core/db/connect";
import { agencies, brands } from "../../../server/workspace/tables";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { IsolationRig } from "./rig";

const clients = 40;

export async function transactions(soak: IsolationRig, { short }: SoakOptions): Promise<Outcome> {
  const wanted = short ? 5000 : 100_000;
  const db = openDatabase(soak.appUrl, { poolSize: 5 });
  const owner = postgres(soak.ownerUrl, { max: 1, onnotice: () => {} });
  const ids = Array.from({ length: 20 }, () => randomUUID());
  for (const id of ids) {
    await db.withAgency(id, async (scope) => {
      await scope.db.insert(agencies).values({ id, name: id });
      await scope.db.insert(brands).values({ agencyId: id, name: id });
    });
  }
  const tally = { done: 0, leaks: 0, reads: 0, empty: 0, failed: 0, cancelled: 0, killed: 0 };
  const read = async (agencyId: string) =>
    db.withAgency(agencyId, async ({ sql }) => {
      const rows = await sql<{ agency_id: string }[]>`select agency_id from brands`;
      tally.reads++;
      if (rows.length === 0) tally.empty++;
      if (rows.some((row) => row.agency_id !== agencyId)) tally.leaks++;
    });
  const work: ((agencyId: string) => Promise<unknown>)[] = [
    read,
    read,
    read,
    (id) => db.withAgency(id, ({ sql }) => sql`update brands set version = version + 1 where true`),
    (id) =>
      db.withAgency(
        id,
        ({ sql }) => sql`insert into brands (agency_id, name) values (${ids[0] ?? ""}, ${randomUUID()})`,
      ),
    // No agency at all: nothing is seen.
    async () => {
      const rows = await db.pool`select agency_id from brands`;
      if (rows.length > 0) tally.leaks++;
    },
    async () => {
      const rows = await db.withSystem(({ sql }) => sql`select agency_id from brands`);
      if (rows.length > 0) tally.leaks++;
    },
    (id) =>
      db.withAgency(id, async () => {
        throw new Error("given up");
      }),
  ];
  const loop = async () => {
    while (tally.done < wanted) {
      const at = tally.done++;
      const agencyId = ids[Math.floor(Math.random() * ids.length)] ?? "";
      const how = work[at % work.length];
      if (at % 500 === 499) await disturb(owner, at, tally);
      await how?.(agencyId).catch(() => {
        tally.failed++;
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, loop));
    const [foreign] = await owner<{ n: number }[]>`select count(*)::int as n from brands where name not in ${owner(ids)}
      and agency_id in ${owner(ids)} and agency_id <> ${ids[0] ?? ""}`;
    const { done, reads, empty, leaks, failed, cancelled, killed } = tally;
    return check(
      `${done} transactions of ${clients} clients on 5 connections, ${reads} reads, ${failed} refused or broken off, ${cancelled} cancels, ${killed} kills, ${leaks} leaks`,
      {
        "no leak": leaks === 0 && foreign?.n === 0,
        "reads saw their own rows": reads > wanted / 4 && empty === 0,
        "it was disturbed": cancelled > 0 && killed > 0,
      },
    );
  } finally {
    await owner.end({ timeout: 5 });
    await db.close();
  }
}

/** Cancels or ends one of the application's connections that is at work. */
async function disturb(owner: postgres.Sql, at: number, tally: { cancelled: number; killed: number }): Promise<void> {
  const end = at % 1000 === 999;
  const rows = end
    ? await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidemark' and pid <> pg_backend_pid() limit 1`
    : await owner`select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'tidemark' and pid <> pg_backend_pid() limit 1`;
  if (rows.length === 0) return;
  if (end) tally.killed++;
  else tally.cancelled++;
}
