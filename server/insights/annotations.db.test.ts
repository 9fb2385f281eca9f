// What is known of days: notes by people, and what happened, for each reader what they may see, as it stood at a moment.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import { accountAccess } from "../connections/tables";
import type { Ctx } from "../core/context";
import type { Membership } from "../workspace/permissions";
import { readAnnotations } from "./list-annotations";
import { campaigns, changeItems, changeSets } from "./tables";
import type { View } from "./view";
import { changeAnnotation, removeAnnotation, writeAnnotation } from "./write-annotations";

const { db } = testDatabase();
const range = "2026-10-01..2026-10-20";

async function anOffice(timeZone = "UTC") {
  const clock = aClock("2026-10-20T12:00:00Z");
  const source = aSource(db, { clock });
  const agencyId = await anAgency(db);
  const [brandId, otherBrand] = [await aBrand(db, agencyId, "Harbor"), await aBrand(db, agencyId, "Other")];
  const as = (...memberships: Membership[]) => aCtx(source, agencyId, { memberships });
  const owner = as(...asOwner);
  const account = await reportedAccount(owner, { brandId, timeZone });
  const seen = (ctx: Ctx, view: View = {}, of: Parameters<typeof readAnnotations>[1] = { brandIds: [brandId] }) =>
    ctx.tx((tx) => readAnnotations(tx, of, { range, ...view }));
  return { clock, agencyId, brandId, otherBrand, as, owner, account, seen };
}

test("a note is read by those who see its brand, and changed by those of them who may write", async () => {
  const { as, brandId, otherBrand, seen, owner } = await anOffice();
  const lead = as({ brandId, role: "lead" });
  const client = as({ brandId, role: "client" });
  const stranger = as({ brandId: otherBrand, role: "lead" });
  const note = await writeAnnotation(lead, { from: "2026-10-05", text: " Prime Day ", brandId });
  await writeAnnotation(owner, { from: "2026-10-06", to: "2026-10-07", text: "New fees" });
  expect((await seen(lead)).map(({ text, scope }) => [text, scope])).toEqual([
    ["New fees", "agency"],
    ["Prime Day", "brand"],
  ]);
  expect((await seen(client)).map(({ text, mayChange }) => [text, mayChange])).toEqual([["Prime Day", false]]);
  expect((await seen(stranger, {}, { brandIds: [brandId] })).map(({ text }) => text)).toEqual(["New fees"]);
  await expect(changeAnnotation(client, { id: note.id, version: 1, text: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(removeAnnotation(stranger, { id: note.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(writeAnnotation(lead, { from: "2026-10-05", text: "For all" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(
    writeAnnotation(lead, { from: "2026-10-05", to: "2026-10-04", text: "x", brandId }),
  ).rejects.toMatchObject({
    fields: { to: "The last day must not come before the first." },
  });
});

test("as of a moment a note says what it said then; a change that did not see the last one is refused", async () => {
  const { owner, brandId, seen, clock } = await anOffice();
  const { id } = await writeAnnotation(owner, { from: "2026-10-05", text: "First", brandId });
  const first = clock().toISOString();
  clock.advance({ hours: 1 });
  await changeAnnotation(owner, { id, version: 1, text: "Second" });
  const second = clock().toISOString();
  await expect(changeAnnotation(owner, { id, version: 1, text: "Lost" })).rejects.toMatchObject({
    code: "conflict",
    present: { text: "Second", version: 2 },
  });
  clock.advance({ hours: 1 });
  await removeAnnotation(owner, { id });
  clock.advance({ hours: 1 });
  const texts = async (asOf?: string) => (await seen(owner, { asOf })).map(({ text }) => text);
  expect([await texts(first), await texts(second), await texts()]).toEqual([["First"], ["Second"], []]);
});

test("applied changes stand on their day in the account's zone, on a campaign's page only its own", async () => {
  const { owner, account, agencyId, brandId, seen, as } = await anOffice("America/Los_Angeles");
  const setId = randomUUID();
  const at = new Date("2026-10-10T03:00:00Z");
  await owner.tx(async (tx) => {
    const entity = {
      agencyId,
      accountId: account.accountId,
      state: "ENABLED",
      deliveryReasons: [],
      source: {},
      syncedAt: at,
    };
    await tx.db.insert(campaigns).values({ ...entity, campaignId: "58", name: "Autumn" });
    const set = { agencyId, id: setId, state: "applied" as const, createdBy: "Dana", appliedBy: "Olu", createdAt: at };
    await tx.db.insert(changeSets).values(set);
    const item = { agencyId, setId, accountId: account.accountId, entity: "campaign" as const, before: {}, sentAt: at };
    await tx.db.insert(changeItems).values([
      { ...item, entityId: "58", after: { budget: "1" }, state: "applied", answeredAt: at },
      { ...item, entityId: "59", after: { state: "PAUSED" }, state: "refused", answeredAt: at },
    ]);
  });
  const [change, ...more] = await seen(owner);
  expect(change).toMatchObject({
    kind: "change",
    from: "2026-10-09",
    text: "Budget of Autumn changed.",
    author: "Olu",
    more: { resource: "change-sets", id: setId },
  });
  expect(more).toEqual([]);
  const of = (campaign: string) => ({ campaignId: `${account.accountId}:${campaign}` });
  expect(await seen(owner, {}, of("58"))).toHaveLength(1);
  expect(await seen(owner, {}, of("59"))).toEqual([]);
  expect(await seen(as({ brandId, role: "client" }))).toEqual([]);
  expect(await seen(owner, { asOf: "2026-10-10T02:59:00Z" })).toEqual([]);
});

test("a note on a campaign of an account without a brand stands on the campaign's page, for those who see the account", async () => {
  const { owner, account, agencyId, brandId, seen, as } = await anOffice();
  await owner.tx(async (tx) => {
    const entity = { agencyId, accountId: account.accountId, state: "ENABLED", deliveryReasons: [], source: {} };
    await tx.db.insert(campaigns).values({ ...entity, campaignId: "58", name: "Autumn", syncedAt: tx.now() });
    await tx.sql`update accounts set brand_id = null where id = ${account.accountId}`;
  });
  const of = (campaign: string) => ({ campaignId: `${account.accountId}:${campaign}` });
  await writeAnnotation(owner, { from: "2026-10-05", text: "New creative", ...of("58") });
  expect((await seen(owner, {}, of("58"))).map(({ text }) => text)).toEqual(["New creative"]);
  expect(await seen(owner, {}, of("59"))).toEqual([]);
  expect(await seen(as({ brandId, role: "lead" }), {}, of("58"))).toEqual([]);
});

test("days that never came and days restated late are marked; who may not see money is told no amount's move", async () => {
  const { owner, account, seen, clock, as, brandId } = await anOffice();
  clock.set("2026-10-08T12:00:00Z");
  const days = ["2026-10-01", "2026-10-02", "2026-10-05"].map((day) => ({
    day,
    impressions: 1000,
    cost: 10,
    purchases: 20,
  }));
  await account.answer("2026-10-01", "2026-10-02", days.slice(0, 2));
  await account.answer("2026-10-05", "2026-10-05", days.slice(2));
  clock.set("2026-10-12T12:00:00Z");
  await account.answer("2026-10-02", "2026-10-02", [{ day: "2026-10-02", impressions: 1000, cost: 9, purchases: 40 }]);
  const told = (await seen(owner)).map(({ kind, from, to, text }) => [kind, from, to, text]);
  expect(told).toEqual([
    ["gap", "2026-10-03", "2026-10-04", "No report has come for these days: they are left out of every sum."],
    ["restatement", "2026-10-02", "2026-10-02", "Amazon restated this day 10 days after it: Spend −10%."],
  ]);
  const blind = as({ brandId, role: "custom", permissions: ["insights.read", "brands.read"] });
  expect((await seen(blind)).map(({ kind }) => kind)).toEqual(["gap"]);
  expect((await seen(owner, { asOf: "2026-10-09T00:00:00Z" })).map(({ kind }) => kind)).toEqual(["gap"]);
});

test("a consent that was lost and came back is marked once each, whatever else the connection went through", async () => {
  const { owner, account, agencyId, seen, clock } = await anOffice();
  const connectionId = randomUUID();
  await owner.tx((tx) =>
    tx.db.insert(accountAccess).values({
      agencyId,
      accountId: account.accountId,
      connectionId,
      capabilities: {} as never,
      probedAt: clock(),
    }),
  );
  const moves = [
    "became_degraded",
    "became_needs_reconsent",
    "became_needs_reconsent",
    "reconnected",
    "became_expiring",
  ];
  for (const [index, move] of moves.entries()) {
    clock.set(`2026-10-1${index}T12:00:00Z`);
    await owner.tx((tx) =>
      tx.audit({ action: `connection.${move}`, target: { type: "connection", id: connectionId, label: "Ben" } }),
    );
  }
  expect((await seen(owner)).map(({ kind, from, text }) => [kind, from, text.split(":")[0]])).toEqual([
    ["consent", "2026-10-13", "Amazon's consent is back"],
    ["consent", "2026-10-11", "Amazon's consent was lost"],
  ]);
});
