// A1: whoever has the database to themselves changes the audit log, in every way we can think of; each time it is found, and nothing else is.
import { randomInt, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { takeCheckpoint, verifyChain } from "../../../server/audit";
import type { Ctx } from "../../../server/core/context";
import { generateKey } from "../../../server/core/crypto/fernet";
import { createVault } from "../../../server/core/crypto/vault";
import { aClock, aCtx, anAgency, aSource } from "../../../tests/support/ctx";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { IsolationRig } from "./rig";
import { tamperings, type Victim } from "./tamperings";

const agencies = 8;
/** Before the first checkpoint, before the last one, and after it. */
const events = [12, 12, 12] as const;
const tables = ["audit_events", "audit_links", "audit_heads", "audit_checkpoints", "signing_keys"] as const;

export async function tampering(soak: IsolationRig, { short }: SoakOptions): Promise<Outcome> {
  const wanted = short ? 100 : 1000;
  const folder = mkdtempSync(join(tmpdir(), "tidemark-tampering-"));
  const services = { vault: createVault({ keys: [generateKey()] }), checkpointFolder: folder };
  const source = aSource(soak.db, { services, clock: aClock() });
  const owner = postgres(soak.ownerUrl, { max: 1, onnotice: () => {} });
  const tally = { found: 0, missed: [] as string[], falseAlarms: 0 };
  try {
    await owner`set session_replication_role = replica`;
    const victims: Victim[] = [];
    for (let agency = 0; agency < agencies; agency++) {
      victims.push(await aVictim(aCtx(source, await anAgency(soak.db)), owner, join(folder)));
    }
    await keep(owner, "kept");
    const kinds = Object.entries(tamperings);
    for (let time = 0; time < wanted; time++) {
      const victim = victims[randomInt(victims.length)] as Victim;
      const [name, tamper] = kinds[time % kinds.length] as (typeof kinds)[number];
      const file = readFileSync(victim.file, "utf8");
      await tamper(owner, victim);
      const { ok } = await verifyChain(victim.ctx);
      if (ok) tally.missed.push(name);
      else tally.found++;
      await putBack(owner, victim.ctx.agencyId, "kept");
      writeFileSync(victim.file, file);
      if (!(await verifyChain(victim.ctx)).ok) tally.falseAlarms++;
    }
    return check(
      `${wanted} tamperings of ${kinds.length} kinds, ${tally.found} found, ${tally.missed.length} missed ${[...new Set(tally.missed)].join(", ")}, ${tally.falseAlarms} false alarms in ${wanted}`,
      { "every tampering is found": tally.found === wanted, "no false alarm": tally.falseAlarms === 0 },
    );
  } finally {
    await owner.end({ timeout: 5 });
    rmSync(folder, { recursive: true });
  }
}

/** A log with two checkpoints, and a copy from between them as an older backup. */
async function aVictim(ctx: Ctx, owner: Sql, folder: string): Promise<Victim> {
  await write(ctx, events[0]);
  await takeCheckpoint(ctx);
  const older = `older_${randomUUID().replaceAll("-", "")}`;
  await keep(owner, older, ctx.agencyId);
  await write(ctx, events[1]);
  const signed = await takeCheckpoint(ctx);
  await write(ctx, events[2]);
  return {
    ctx,
    signedTo: signed?.seq ?? 0,
    last: (signed?.seq ?? 0) + events[2],
    file: join(folder, `${ctx.agencyId}.jsonl`),
    putOlderBack: () => putBack(owner, ctx.agencyId, older),
  };
}

async function write(ctx: Ctx, times: number): Promise<void> {
  for (let event = 0; event < times; event++) {
    const target = { type: "brand", id: randomUUID(), label: `Brand ${event}` };
    await ctx.tx((tx) => tx.audit({ action: "brand.created", target, after: { name: target.label, size: event } }));
  }
}

async function keep(owner: Sql, name: string, agencyId?: string): Promise<void> {
  for (const table of tables) {
    const all = table === "signing_keys" || !agencyId;
    await owner`create temp table ${owner(`${name}_${table}`)} as
      select * from ${owner(table)} where ${all ? owner`true` : owner`agency_id = ${agencyId}`}`;
  }
}

async function putBack(owner: Sql, agencyId: string, name: string): Promise<void> {
  await owner.begin(async (sql) => {
    for (const table of tables) {
      const its = table === "signing_keys" ? sql`true` : sql`agency_id = ${agencyId}`;
      await sql`delete from ${sql(table)} where ${its}`;
      await sql`insert into ${sql(table)} select * from ${sql(`${name}_${table}`)} where ${its}`;
    }
  });
}
