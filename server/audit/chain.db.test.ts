import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { ownDatabase, testDatabase } from "../../tests/support/database";
import type { Ctx } from "../core/context";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { auditChain } from "../core/db/audit-chain";
import { wholeList } from "../core/query";
import { canonicalText } from "./canonical";
import { linksBetween } from "./chain-store";
import { beginExport, exportLines } from "./export-events";
import { auditTick } from "./jobs";
import { listAuditEvents } from "./list-events";
import { pruneAudit } from "./prune-events";
import { recordDenied } from "./record-denied";
import { takeCheckpoint, takeDailyCheckpoint } from "./take-checkpoint";
import { verifyChain } from "./verify-chain";
import { verifyExport } from "./verify-export";
import { readIntegrity } from "./verify-log";

const { db, ownerUrl } = testDatabase();
/** Whoever has the database to themselves: no grant and no policy holds them, and the chain's trigger can be passed by. */
const intruder = postgres(ownerUrl, { max: 1, onnotice: () => {} });
const folder = mkdtempSync(join(tmpdir(), "tidemark-audit-"));
afterAll(async () => {
  await intruder.end({ timeout: 5 });
  rmSync(folder, { recursive: true });
});

const clock = aClock();
// One key for all: signing keys belong to the installation.
const services = { vault: createVault({ keys: [generateKey()] }), checkpointFolder: folder };
const source = aSource(db, { clock, services });

const write = (ctx: Ctx, label: string, after: object = { name: label }) =>
  ctx.tx((tx) => tx.audit({ action: "brand.created", target: { type: "brand", id: randomUUID(), label }, after }));

async function aLog(events: number): Promise<Ctx> {
  const ctx = aCtx(source, await anAgency(db));
  for (let event = 1; event <= events; event++) await write(ctx, `Event ${event}`);
  return ctx;
}

const problemsOf = async (ctx: Ctx) => (await verifyChain(ctx)).problems.map(({ message }) => message);

/** Past the trigger, as a superuser can. */
async function tamper(
  ctx: Ctx,
  change: (sql: postgres.TransactionSql, agencyId: string) => Promise<unknown>,
): Promise<void> {
  await intruder.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await change(sql, ctx.agencyId);
  });
}

test("the database links every event at commit, in the canonical text that TypeScript makes too", async () => {
  const ctx = await aLog(2);
  await write(ctx, "Ünï ＝🙂\n", { "10": 1e21, b: 1.5e-7, aa: [null, "\u2028\u0007"], a: { z: true, é: -0.5 } });
  const links = await ctx.tx(async (tx) => {
    const all = [];
    for await (const link of linksBetween(tx, 0, 100)) all.push(link);
    return all;
  });
  expect(links.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  for (const { text } of links) expect(canonicalText(JSON.parse(text ?? ""))).toBe(text);
  expect(await verifyChain(ctx)).toMatchObject({ ok: true, events: 3, seq: 3 });
});

test("an event and its link exist if, and only if, the change's transaction commits", async () => {
  const ctx = await aLog(1);
  const undone = ctx.tx(async (tx) => {
    await tx.audit({ action: "brand.created", target: { type: "brand", id: "x" } });
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  await Promise.all(Array.from({ length: 8 }, (_, at) => write(ctx, `Together ${at}`)));
  expect(await verifyChain(ctx)).toMatchObject({ ok: true, events: 9, seq: 9 });
});

test("an altered, removed, added or moved event is found and named", async () => {
  const cases: [(sql: postgres.TransactionSql, agencyId: string) => Promise<unknown>, RegExp][] = [
    [
      (sql, id) =>
        sql`update audit_events set actor_name = 'Somebodx' where agency_id = ${id} and target_label = 'Event 3'`,
      /Event 3 is not what was written/,
    ],
    [
      (sql, id) => sql`delete from audit_events where agency_id = ${id} and target_label = 'Event 3'`,
      /The event of link 3 is gone/,
    ],
    [(sql, id) => sql`delete from audit_links where agency_id = ${id} and seq = 3`, /Link 3 is gone/],
    [
      (
        sql,
        id,
      ) => sql`insert into audit_events (agency_id, actor_kind, actor_id, actor_name, action, target_type, target_id, request_id)
      values (${id}, 'user', 'x', 'x', 'x.y', 'x', 'x', 'x')`,
      /is in no link/,
    ],
    [
      async (sql, id) => {
        await sql`update audit_links set seq = -seq where agency_id = ${id} and seq in (3, 4)`;
        await sql`update audit_links set seq = 7 + seq where agency_id = ${id} and seq < 0`;
      },
      /Event 3 is not what was written/,
    ],
    [
      (sql, id) => sql`delete from audit_links where agency_id = ${id} and seq > 4`,
      /The chain ends at 4, but it had come to 5/,
    ],
  ];
  for (const [change, said] of cases) {
    const ctx = await aLog(5);
    expect(await problemsOf(ctx)).toEqual([]);
    await tamper(ctx, change);
    expect((await problemsOf(ctx)).join("\n")).toMatch(said);
  }
});

test("a checkpoint finds what was rewritten with everything in the database, and an older backup", async () => {
  const ctx = await aLog(4);
  await takeCheckpoint(ctx);
  const older = await intruder`select * from audit_checkpoints where agency_id = ${ctx.agencyId}`;
  // The whole tail goes, and the chain's end is put back to where it then ends.
  await tamper(ctx, async (sql, id) => {
    await sql`delete from audit_events where agency_id = ${id} and target_label in ('Event 3', 'Event 4')`;
    await sql`delete from audit_links where agency_id = ${id} and seq > 2`;
    await sql`update audit_heads h set seq = 2, hash = l.hash from audit_links l where h.agency_id = ${id} and l.agency_id = ${id} and l.seq = 2`;
  });
  expect((await problemsOf(ctx)).join()).toMatch(/A signed checkpoint stands at 4, but the chain ends at 2/);
  await tamper(ctx, (sql, id) => sql`delete from audit_checkpoints where agency_id = ${id}`);
  expect((await problemsOf(ctx)).join()).toMatch(/The checkpoint file has one at 4 that the database does not have/);
  expect(older).toHaveLength(1);
  await tamper(ctx, async (sql) => {
    await sql`insert into audit_checkpoints ${sql(older.map((row) => ({ ...row, hash: "f".repeat(64) })))}`;
  });
  expect((await problemsOf(ctx)).join()).toMatch(/checkpoint at 4 is not as it was signed/);
});

test("a key of the intruder's own signs nothing, and a line of the file cannot be changed either", async () => {
  const ctx = await aLog(2);
  await takeCheckpoint(ctx);
  const file = join(folder, `${ctx.agencyId}.jsonl`);
  const kept = readFileSync(file, "utf8");
  writeFileSync(file, kept.replace('"seq":2', '"seq":1'));
  expect((await problemsOf(ctx)).join()).toMatch(/line of the checkpoint file is not as it was signed/);
  writeFileSync(file, kept);
  expect(await problemsOf(ctx)).toEqual([]);
});

test("a checkpoint is signed once a day however many processes tick, and the day's verification is the badge", async () => {
  const ctx = await aLog(3);
  await Promise.all([takeDailyCheckpoint(ctx), takeDailyCheckpoint(ctx)]);
  await auditTick.run(ctx);
  await auditTick.run(ctx);
  const [count] = await intruder`select count(*)::int as n from audit_checkpoints where agency_id = ${ctx.agencyId}`;
  expect(count).toEqual({ n: 1 });
  expect(await ctx.tx(readIntegrity)).toMatchObject({
    last: { ok: true, seq: 3, by: "Tidemark" },
    seq: 4,
    checkpoint: { seq: 3 },
  });
  clock.advance({ days: 1 });
  await auditTick.run(ctx);
  expect(await ctx.tx(readIntegrity)).toMatchObject({ last: { ok: true, seq: 4 }, checkpoint: { seq: 4 } });
});

test("retention removes what is old up to a checkpoint, and what is left stays proved; nothing else removes anything", async () => {
  const before = clock();
  clock.set("2024-03-01T12:00:00Z");
  const ctx = await aLog(3);
  await takeCheckpoint(ctx);
  clock.set(before);
  await write(ctx, "Young");
  expect(await pruneAudit(ctx, 400)).toBe(3);
  expect(await verifyChain(ctx)).toMatchObject({ ok: true, from: 3, events: 2, seq: 5 });
  await expect(pruneAudit(ctx, 30)).rejects.toThrow("365 days at least");
  await expect(ctx.tx(({ sql }) => sql`select tidemark_prune_audit(now())`)).rejects.toThrow("365 days at least");
  await expect(ctx.tx(({ sql }) => sql`delete from audit_events`)).rejects.toThrow("permission denied");
  // An intruder who calls a young checkpoint the place of a pruning is found.
  await takeCheckpoint(ctx);
  await tamper(ctx, async (sql, id) => {
    await sql`update audit_checkpoints set pruned_at = now() where agency_id = ${id} and seq = 5`;
    await sql`delete from audit_links where agency_id = ${id}`;
    await sql`delete from audit_events where agency_id = ${id}`;
  });
  expect((await problemsOf(ctx)).join()).toMatch(/younger than 365 days/);
});

async function exported(ctx: Ctx, filters: { field: string; value: string }[] = []): Promise<string[]> {
  const query = {
    ...wholeList(),
    filters: filters.map(({ field, value }) => ({ field, operator: "eq" as const, values: [value] })),
  };
  const options = { query, format: "jsonl" as const, asked: "" };
  const lines: string[] = [];
  for await (const line of exportLines(ctx, options, await beginExport(ctx, options))) lines.push(line);
  return lines;
}

const check = (lines: string[], keys?: string[]) =>
  verifyExport(
    (async function* () {
      yield* lines;
    })(),
    keys,
  );

test("an export proves itself without the database, also where filters leave events out and a tool has rewritten it", async () => {
  const ctx = await aLog(5);
  const whole = await exported(ctx);
  expect(await check(whole)).toMatchObject({ problems: [], events: 6, provedTo: 6 });
  const rewritten = whole.map((line) => JSON.stringify(JSON.parse(line)));
  expect((await check(rewritten)).problems).toEqual([]);
  const some = await exported(ctx, [{ field: "action", value: "audit.exported" }]);
  expect(await check(some)).toMatchObject({ problems: [], events: 2, provedTo: 7 });
  expect(some.join()).not.toContain("Event 3");
  const [keyId] = whole.flatMap((line) => JSON.parse(line).keyId ?? []);
  const publicKey = whole.map((line) => JSON.parse(line)).find(({ id }) => id === keyId).publicKey;
  expect((await check(whole, [publicKey])).problems).toEqual([]);
  for (const [at, line] of whole.entries()) {
    const altered = [...whole];
    altered[at] = line.replace(/[0-9](?=[^0-9]*$)|d(?="}$)/, (char) => (char === "1" ? "2" : "1"));
    expect([at, (await check(altered)).problems.length > 0]).toEqual([at, true]);
    const needed = !line.includes('"type":"key"') || line.includes(keyId);
    expect([at, (await check(whole.filter((_, other) => other !== at))).problems.length > 0]).toEqual([at, needed]);
  }
});

test("a refusal is written once for each person, address and minute", async () => {
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const refusal = (address: string) => recordDenied(ctx, { method: "GET", address, reason: "You need more." });
  const count = async () => (await ctx.tx((tx) => listAuditEvents(tx, { ...wholeList(), search: "denied" }))).total;
  await refusal(`/api/v1/brands/${randomUUID()}`);
  await refusal(`/api/v1/brands/${randomUUID()}`);
  expect(await count()).toBe(1);
  await refusal("/people");
  clock.advance({ minutes: 1 });
  await refusal("/people");
  expect(await count()).toBe(3);
  expect(await verifyChain(ctx)).toMatchObject({ ok: true, events: 3 });
});

test("events from before there was a chain are linked when it begins", async () => {
  const older = await ownDatabase();
  const owner = postgres(older.ownerUrl, { max: 1, onnotice: () => {} });
  await owner`drop trigger audit_events_link on audit_events`;
  const offices = [await anAgency(older.db), await anAgency(older.db)].map((id) =>
    aCtx(aSource(older.db, { clock, services }), id),
  );
  for (const ctx of [...offices, ...offices]) await write(ctx, "Old");
  await owner.unsafe(auditChain);
  await owner.end({ timeout: 5 });
  for (const ctx of offices) {
    await write(ctx, "New");
    expect(await verifyChain(ctx)).toMatchObject({ ok: true, events: 3, seq: 3 });
  }
});
