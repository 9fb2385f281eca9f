// What the chain costs: events written by 8 clients for 50 agencies with it, against the same inserts without; and how fast a log is verified.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { takeCheckpoint, verifyChain } from "../server/audit";
import { digestOf } from "../server/audit/canonical";
import type { Ctx } from "../server/core/context";
import { generateKey } from "../server/core/crypto/fernet";
import { createVault } from "../server/core/crypto/vault";
import { type Database, openDatabase } from "../server/core/db/connect";
import { startEmbedded } from "../server/core/db/embedded";
import { migrateDatabase } from "../server/core/db/migrate";
import { createLog } from "../server/core/log";
import { aCtx, anAgency, aSource } from "../tests/support/ctx";
import { percentile, print } from "./figure";

const clients = 8;
const agencies = 50;
const seconds = 4;
const rounds = 3;
/** Of the one chain that is verified. */
const chainLength = 100_000;

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  const log = createLog("error");
  // As it runs in production: every commit is on the disk before it counts.
  const embedded = await startEmbedded({ dataDir: folder, log });
  const { appUrl } = await migrateDatabase({ ownerUrl: embedded.url, log });
  const db = openDatabase(appUrl, { poolSize: clients });
  const owner = postgres(embedded.url, { max: 1, onnotice: () => {} });
  const services = { vault: createVault({ keys: [generateKey()] }), checkpointFolder: join(folder, "checkpoints") };
  const source = aSource(db, { services, clock: () => new Date() });
  try {
    await writing(db, owner, source);
    await verifying(aCtx(source, await anAgency(db)), owner);
  } finally {
    await owner.end({ timeout: 5 });
    await db.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writing(db: Database, owner: Sql, source: Parameters<typeof aCtx>[0]): Promise<void> {
  const offices: Ctx[] = [];
  for (let agency = 0; agency < agencies; agency++) offices.push(aCtx(source, await anAgency(db)));
  const rates: Record<"enable" | "disable", number[]> = { disable: [], enable: [] };
  for (let round = -1; round < rounds; round++) {
    for (const how of ["disable", "enable"] as const) {
      await owner.unsafe(`alter table audit_events ${how} trigger audit_events_link`);
      const rate = await eventsPerSecond(offices);
      if (round >= 0) rates[how].push(rate);
    }
  }
  const [plain, chained] = [percentile(rates.disable, 0.5), percentile(rates.enable, 0.5)];
  const baseline = `${plain.toFixed(0)}/s for the same inserts without the chain, in turns in the same run, median of ${rounds}`;
  print({ figure: `audit events, ${clients} clients, ${agencies} agencies`, value: chained, unit: "1/s", baseline });
  print({ figure: "audit events with the chain", value: chained / plain, unit: "ratio", baseline });
}

async function eventsPerSecond(offices: readonly Ctx[]): Promise<number> {
  const begun = performance.now();
  let written = 0;
  const client = async (at: number) => {
    for (let turn = at; performance.now() - begun < seconds * 1000; turn += clients) {
      await write(offices[turn % offices.length] as Ctx);
      written++;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
  return written / ((performance.now() - begun) / 1000);
}

const write = (ctx: Ctx) =>
  ctx.tx((tx) =>
    tx.audit({
      action: "brand.renamed",
      target: { type: "brand", id: randomUUID(), label: "Acme Home" },
      before: { name: "Acme" },
      after: { name: "Acme Home" },
    }),
  );

async function verifying(ctx: Ctx, owner: Sql): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`insert into audit_events (agency_id, actor_kind, actor_id, actor_name, action, target_type, target_id, target_label, before, after, request_id)
      select ${ctx.agencyId}, 'user', gen_random_uuid(), 'Rig Owner', 'brand.renamed', 'brand', gen_random_uuid(), 'Acme Home',
        '{"name": "Acme"}', jsonb_build_object('name', 'Acme Home ' || n), gen_random_uuid() from generate_series(1, ${chainLength}) n`;
  });
  await owner`analyze audit_events, audit_links`;
  await takeCheckpoint(ctx);
  const times: { bare: number[]; verified: number[] } = { bare: [], verified: [] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(await timeOf(() => bareRead(ctx)));
    times.verified.push(
      await timeOf(async () => {
        const found = await verifyChain(ctx);
        if (!found.ok || found.events !== chainLength) throw new Error("the chain does not hold");
      }),
    );
  }
  const [bare, verified] = [percentile(times.bare, 0.5), percentile(times.verified, 0.5)];
  const baseline = `${(chainLength / (bare / 1000)).toFixed(0)}/s for reading the same rows and hashing each, in the same run, median of ${rounds}`;
  const perSecond = chainLength / (verified / 1000);
  print({ figure: "audit events verified", value: perSecond, unit: "1/s", baseline });
  print({ figure: "audit verification", value: bare / verified, unit: "ratio", baseline });
  print({
    figure: "audit verification of 1,000,000 events, extrapolated",
    value: 1e6 / perSecond,
    unit: "s",
    baseline,
  });
}

/** What any verification must do at least. */
async function bareRead(ctx: Ctx): Promise<void> {
  await ctx.tx(async ({ sql }) => {
    for await (const rows of sql`select to_jsonb(e)::text as text from audit_events e`.cursor(2000)) {
      for (const { text } of rows) digestOf(text);
    }
  });
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
