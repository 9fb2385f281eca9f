import { expect, test } from "vitest";
import { anInstance } from "../../tests/support/amc-instance";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { systemContext } from "../context";
import { wholeList } from "../core/query";
import { changeSchedule, createSchedule, pauseSchedule, removeSchedule, resumeSchedule } from "./change-schedule";
import { changeTemplate, createTemplate, removeTemplate } from "./change-template";
import { listExecutions } from "./list-executions";
import { getSchedule, listSlots } from "./list-schedules";
import { listTemplateVersions } from "./list-templates";
import { runSchedules } from "./run-schedules";
import { simulateSchedule } from "./simulate-schedule";

const { db } = testDatabase();

async function anOffice() {
  const clock = aClock("2026-11-20T12:00:00Z");
  const source = aSource(db, { clock });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const tick = () => runSchedules(systemContext(source, { agencyId, job: "amc.run-schedules" }));
  const slots = () => ctx.tx((tx) => listSlots(tx, wholeList())).then(({ items }) => items);
  const runs = () => ctx.tx((tx) => listExecutions(tx, wholeList())).then(({ items }) => items);
  return { ctx, clock, tick, slots, runs, instanceId: await anInstance(ctx) };
}

const daily = (instanceIds: string[]) => ({
  name: "Every morning",
  templateId: "overlap",
  instanceIds,
  window: { kind: "last" as const, days: 7 },
  cron: "0 6 * * *",
  timeZone: "Europe/Berlin",
});
const countOf = (items: readonly { state: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

test.each([
  ["latest", { missed: 4, started: 1 }],
  ["all", { started: 1, reused: 4 }],
  ["skip", { missed: 5 }],
] as const)(
  "after down-time the policy %s makes of five slots %j",
  async (missed, expected) => {
    const { ctx, clock, tick, slots, instanceId } = await anOffice();
    await createSchedule(ctx, { ...daily([instanceId]), cron: "0 * * * *", timeZone: "UTC", missed });
    clock.set("2026-11-20T17:30:00Z");
    await tick();
    expect(countOf(await slots())).toEqual(expected);
    await tick();
    expect(countOf(await slots())).toEqual(expected);
  },
  60_000,
);

test("a slot that is made up for asks of the days that it would have asked of when it was due", async () => {
  const { ctx, clock, tick, runs, instanceId } = await anOffice();
  await createSchedule(ctx, { ...daily([instanceId]), missed: "all" });
  clock.set("2026-11-23T12:00:00Z");
  await tick();
  const days = (await runs()).map(({ window }) => window.to).sort();
  expect(days).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
}, 60_000);

test("a schedule that pins keeps to its version, one that follows asks what the template is now", async () => {
  const { ctx, clock, tick, runs, instanceId } = await anOffice();
  const sql = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign";
  const template = await createTemplate(ctx, { title: "Ours", sql });
  const wish = { ...daily([instanceId]), templateId: template.id };
  await createSchedule(ctx, { ...wish, name: "Pins", pinnedVersion: template.edition });
  await createSchedule(ctx, { ...wish, name: "Follows" });
  const changed = await changeTemplate(ctx, {
    id: template.id,
    version: 1,
    sql: sql.replaceAll("campaign", "creative"),
  });
  expect(changed.version).toBe(2);
  await expect(changeTemplate(ctx, { id: template.id, version: 1, title: "Late" })).rejects.toMatchObject({
    code: "conflict",
  });
  const filters = [{ field: "templateId", operator: "eq" as const, values: [template.id] }];
  const versions = await ctx.tx((tx) => listTemplateVersions(tx, { ...wholeList(), filters }));
  expect(versions.items.map(({ version }) => version)).toEqual([2, 1]);
  clock.set("2026-11-21T05:00:10Z");
  await tick();
  const asked = Object.fromEntries((await runs()).map(({ title, sql }) => [title, sql.includes("creative")]));
  expect(asked).toEqual({ Pins: false, Follows: true });
  await expect(removeTemplate(ctx, { id: template.id })).rejects.toMatchObject({ code: "conflict" });
}, 60_000);

test("a slot that cannot run says why, and the next is tried all the same", async () => {
  const { ctx, clock, tick, slots, instanceId } = await anOffice();
  await createSchedule(ctx, daily([instanceId]));
  await ctx.tx((tx) => tx.sql`update amc_instances set status = 'FAILED'`);
  clock.set("2026-11-21T05:00:10Z");
  await tick();
  await ctx.tx((tx) => tx.sql`update amc_instances set status = 'COMPLETED'`);
  clock.set("2026-11-22T05:00:10Z");
  await tick();
  const [second, first] = await slots();
  expect(first).toMatchObject({ state: "refused", note: expect.stringContaining("not ready") });
  expect(second).toMatchObject({ state: "started" });
}, 60_000);

test("a schedule that breaks is refused with a reason and goes on, and stops no other", async () => {
  const { ctx, clock, tick, slots, instanceId } = await anOffice();
  const broken = await createSchedule(ctx, { ...daily([instanceId]), name: "Broken" });
  const sound = await createSchedule(ctx, { ...daily([instanceId]), name: "Sound" });
  await ctx.tx((tx) => tx.sql`update amc_schedules set "window" = '{"kind": "last"}' where id = ${broken.id}`);
  clock.set("2026-11-21T05:00:10Z");
  expect(await tick()).toBe(1);
  const found = await slots();
  expect(found.find(({ scheduleId }) => scheduleId === sound.id)).toMatchObject({ state: "started" });
  expect(found.find(({ scheduleId }) => scheduleId === broken.id)).toMatchObject({
    state: "refused",
    note: expect.stringContaining("log"),
  });
  expect(await ctx.tx((tx) => getSchedule(tx, broken.id))).toMatchObject({ nextAt: "2026-11-22T05:00:00.000Z" });
}, 60_000);

test("a paused schedule starts nothing, and what passed meanwhile is not made up for", async () => {
  const { ctx, clock, tick, slots, instanceId } = await anOffice();
  const { id } = await createSchedule(ctx, { ...daily([instanceId]), missed: "all" });
  expect(await pauseSchedule(ctx, { id })).toMatchObject({ paused: true, nextAt: null });
  clock.set("2026-11-25T12:00:00Z");
  await tick();
  expect(await slots()).toEqual([]);
  expect(await resumeSchedule(ctx, { id })).toMatchObject({ paused: false, nextAt: "2026-11-26T05:00:00.000Z" });
  const { version } = await ctx.tx((tx) => getSchedule(tx, id));
  expect(await changeSchedule(ctx, { id, version, cron: "0 7 * * *" })).toMatchObject({
    nextAt: "2026-11-26T06:00:00.000Z",
  });
  await expect(changeSchedule(ctx, { id, version, name: "Late" })).rejects.toMatchObject({ code: "conflict" });
  await expect(changeSchedule(ctx, { id, version: version + 1, cron: "soon" })).rejects.toMatchObject({
    code: "invalid",
  });
  await removeSchedule(ctx, { id });
  await expect(ctx.tx((tx) => getSchedule(tx, id))).rejects.toMatchObject({ code: "not_found" });
}, 60_000);

test("the simulator shows clock changes, windows, load and a better hour", async () => {
  const { ctx, clock, instanceId } = await anOffice();
  clock.set("2027-03-26T12:00:00Z");
  for (let index = 0; index < 3; index++) await createSchedule(ctx, { ...daily([instanceId]), name: `Other ${index}` });
  const { cron, timeZone, window, instanceIds } = daily([instanceId]);
  const wish = { cron, timeZone, window, instanceIds };
  const { slots, spread, afterDownTime, limits } = await simulateSchedule(ctx, wish);
  expect(slots).toHaveLength(30);
  expect(slots[1]).toEqual({
    dueAt: "2027-03-28T04:00:00.000Z",
    local: "2027-03-28 06:00",
    offset: "+02:00",
    clockChange: "forward",
    window: { from: "2027-03-19", to: "2027-03-25" },
    dataReadyAt: "2027-03-28T00:00:00.000Z",
    load: { instance: 4, account: 4 },
  });
  expect(slots[2]?.clockChange).toBeNull();
  expect(spread).toBe("0 0 * * *");
  expect(afterDownTime).toEqual({ latest: 1, all: 1, skip: 0 });
  expect(limits.perInstance).toBe(10);
}, 60_000);
