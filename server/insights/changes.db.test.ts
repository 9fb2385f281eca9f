import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { changeOffices } from "../../tests/support/change-office";
import { changesProcess } from "../../tests/support/changes-process";
import { aBrand, aCtx } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { withAccessToken } from "../connections";
import { assignAccounts } from "../connections/assign-accounts";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { applyChanges, discardChanges, resumeChanges } from "./apply-changes";
import { listAdGroups } from "./campaign-insights";
import type { ChangeSet } from "./change-contract";
import { editChanges, removeChanges } from "./edit-changes";
import { listCampaigns } from "./list-campaigns";
import { getChangeSet, listChangeItems, listChangeSets, readDraft, readHistory } from "./list-changes";
import { undoChanges } from "./undo-changes";

const { db } = testDatabase();
const sandbox = testSandbox({ brands: 3, campaigns: 12 });
const { anOffice, read, applied, sends } = changeOffices(testDatabase(), sandbox);

const states = (set: ChangeSet) => Object.fromEntries((set.items ?? []).map(({ name, state }) => [name, state]));

/** Somebody changes a campaign in Amazon's own console. */
const changeAtAmazon = (
  ctx: Ctx,
  connectionId: string,
  advertiserId: string,
  change: { campaignId: string; name: string },
) =>
  withAccessToken(ctx, connectionId, (accessToken) =>
    ctx.services.amazon.dsp.updateCampaigns({ region: "NA", accessToken, advertiserId, changes: [change] }),
  );

test("what is edited waits in the person's draft; applied, each item has Amazon's own answer, and undo brings the old values back", async () => {
  const { ctx, run, campaigns } = await anOffice();
  const [first, second] = campaigns;
  if (!first || !second) throw new Error("two campaigns are needed");
  const adGroups = (
    await read(ctx, (tx) =>
      listAdGroups(tx, { ...wholeList(), filters: [{ field: "campaignId", operator: "eq", values: [first.id] }] }),
    )
  ).items;
  const before = sends();
  await editChanges(ctx, { entity: "campaign", ids: [first.id, second.id], set: { state: "PAUSED" } });
  await editChanges(ctx, { entity: "campaign", ids: [first.id], raise: { field: "budget", percent: 60 } });
  const group = adGroups[0];
  const { draft } = await editChanges(ctx, {
    entity: "ad-group",
    ids: [group?.id ?? ""],
    set: { baseBid: "150000000" },
  });
  expect(sends()).toBe(before);
  expect(await read(ctx, readDraft)).toMatchObject({ id: draft?.id, counts: { changes: 4, campaigns: 2, items: 3 } });
  expect(draft?.items?.flatMap(({ findings }) => findings.map(({ message }) => message))).toEqual(
    expect.arrayContaining(["Changes by more than half."]),
  );

  const id = await applied(ctx, draft);
  await run();
  const done = await read(ctx, (tx) => getChangeSet(tx, id));
  expect(done).toMatchObject({ state: "partly", counts: { applied: 2, refused: 1, waiting: 0 } });
  expect(done.items?.find(({ entity }) => entity === "ad-group")).toMatchObject({
    state: "refused",
    code: "FIELD_VALUE_IS_OUT_OF_RANGE",
    message: expect.stringContaining("must be from"),
    remedy: expect.stringContaining("bounds"),
  });
  const budget = ((BigInt(first.budget ?? 0) * 16n) / 10n).toString();
  const byId = async () =>
    new Map((await read(ctx, (tx) => listCampaigns(tx, wholeList()))).items.map((one) => [one.id, one]));
  expect((await byId()).get(first.id)).toMatchObject({ state: "PAUSED", budget });
  const [event] = await read(
    ctx,
    (tx) => tx.sql`select count(*)::int as items, min(actor_kind) as kind, min(actor_name) as name
    from audit_events where action in ('campaign.change_applied', 'ad-group.change_refused')`,
  );
  expect(event).toEqual({ items: 3, kind: "user", name: "Test person" });
  expect(await read(ctx, (tx) => readHistory(tx, first.id))).toHaveLength(2);

  const undo = await undoChanges(ctx, { id });
  expect(undo).toMatchObject({ undoes: id, state: "draft", counts: { items: 2 } });
  const undone = await applied(ctx, undo);
  await run();
  expect(await read(ctx, (tx) => getChangeSet(tx, undone))).toMatchObject({ state: "applied" });
  expect((await byId()).get(first.id)).toMatchObject({ state: "ENABLED", budget: first.budget });
});

test("an item that was changed at Amazon meanwhile is skipped, shows both versions, and is sent once it is confirmed", async () => {
  const { ctx, run, campaigns, connectionId } = await anOffice();
  const [campaign] = campaigns;
  const account = sandbox().control.world().advertisers[0];
  if (!campaign || !account) throw new Error("a campaign is needed");
  const { draft } = await editChanges(ctx, { entity: "campaign", ids: [campaign.id], set: { name: "Ours" } });
  const theirs = { campaignId: campaign.campaignId, name: `Theirs ${randomUUID()}` };
  await changeAtAmazon(ctx, connectionId, account.advertiserId, theirs);
  const id = await applied(ctx, draft);
  await run();
  const [item] = (await read(ctx, (tx) => getChangeSet(tx, id))).items ?? [];
  expect(item).toMatchObject({
    state: "skipped",
    before: { name: campaign.name },
    after: { name: "Ours" },
    current: { name: theirs.name },
  });
  await resumeChanges(ctx, { id, items: [item?.id ?? ""] });
  await run();
  const [confirmed] = (await read(ctx, (tx) => getChangeSet(tx, id))).items ?? [];
  expect(confirmed).toMatchObject({ state: "applied", before: { name: theirs.name }, current: { name: "Ours" } });
  const undo = await undoChanges(ctx, { id });
  await changeAtAmazon(ctx, connectionId, account.advertiserId, {
    campaignId: campaign.campaignId,
    name: campaign.name,
  });
  await applied(ctx, undo);
  await run();
});

test.each(["changes.marked", "changes.answered", "changes.stored"])(
  "killed at %s, Amazon is asked what it holds, and nothing is sent twice",
  async (point) => {
    const { ctx, run, campaigns, place } = await anOffice();
    const [campaign] = campaigns;
    const name = `Killed ${randomUUID()}`;
    const { draft } = await editChanges(ctx, { entity: "campaign", ids: [campaign?.id ?? ""], set: { name } });
    const before = sends();
    const id = await applied(ctx, draft);
    const actor = ctx.actor;
    if (actor.kind !== "user") throw new Error("a person applies");
    const input = { setId: id, accountId: campaign?.accountId ?? "", waits: 0, actor };
    expect(await changesProcess(place, input, point)).toBe("SIGKILL");
    await run();
    expect(await read(ctx, (tx) => getChangeSet(tx, id))).toMatchObject({ state: "applied", counts: { applied: 1 } });
    expect(sends() - before).toBe(1);
  },
  60_000,
);

test("an answer that is lost is looked up, a throttled batch waits and goes on, in batches of five", async () => {
  const { ctx, run, campaigns } = await anOffice("Ava");
  const one = campaigns.filter(({ accountId }) => accountId === campaigns[0]?.accountId);
  const { draft } = await editChanges(ctx, {
    entity: "campaign",
    ids: one.map(({ id }) => id),
    raise: { field: "budget", percent: 5 },
  });
  const operation = "v1.update.campaigns";
  sandbox().control.faults.add({ path: operation, status: 429, times: 1 });
  sandbox().control.faults.add({ path: operation, drop: true, afterEffect: true, times: 1 });
  const before = sends();
  const id = await applied(ctx, draft);
  await run();
  const set = await read(ctx, (tx) => getChangeSet(tx, id));
  expect(new Set(Object.values(states(set)))).toEqual(new Set(["applied"]));
  expect(set.state).toBe("applied");
  expect(sends() - before).toBeLessThanOrEqual(2 + Math.ceil(one.length / 5));
});

test("what cannot be written is refused at once with the reason; a first use that Amazon refuses says whose right is missing", async () => {
  const { ctx, run, campaigns } = await anOffice("Chloe");
  const view = campaigns.find(({ accountName }) => accountName === sandbox().control.world().advertisers[1]?.name);
  const { draft } = await editChanges(ctx, { entity: "campaign", ids: [view?.id ?? ""], set: { state: "PAUSED" } });
  const before = sends();
  const id = await applied(ctx, draft);
  await run();
  const set = await read(ctx, (tx) => getChangeSet(tx, id));
  expect(set).toMatchObject({
    state: "failed",
    items: [{ state: "refused", code: "READ_ONLY", message: expect.stringMatching(/may only view/) }],
  });
  expect(sends() - before).toBeLessThanOrEqual(1);
});

test("a slip is named in the review, and what cannot be is refused without asking Amazon", async () => {
  const { ctx, campaigns } = await anOffice();
  const [first, second] = campaigns;
  if (!first || !second) throw new Error("two campaigns are needed");
  const day = new Date().toISOString().slice(0, 10);
  await read(
    ctx,
    (tx) => tx.sql`insert into rollup_campaign_day (agency_id, account_id, campaign_id, day, currency, total_cost)
    values (${ctx.agencyId}, ${first.accountId}, ${first.campaignId}, ${day}, 'USD', 900000000)`,
  );
  await editChanges(ctx, { entity: "campaign", ids: [first.id], set: { budget: "800000000" } });
  const bulk = { entity: "campaign" as const, ids: [first.id, second.id], set: { baseBid: "1000000" } };
  expect((await editChanges(ctx, bulk)).left).toHaveLength(2);
  const { draft } = await editChanges(ctx, { entity: "campaign", ids: [second.id], set: { endsOn: "2020-01-31" } });
  const found = new Map(
    draft?.items?.map(({ entityId, findings }) => [
      entityId,
      findings.map(({ kind, message }) => `${kind}: ${message}`),
    ]),
  );
  expect(found.get(first.id)).toContain("warning: Less than has been spent of it already: delivery stops.");
  expect(found.get(second.id)).toContain("problem: It would end before it starts.");
  await removeChanges(ctx, {
    id: draft?.id ?? "",
    items: draft?.items?.filter(({ entityId }) => entityId === first.id).map(({ id }) => id) ?? [],
  });
  const before = sends();
  const id = await applied(ctx, await read(ctx, readDraft));
  expect(await read(ctx, (tx) => getChangeSet(tx, id))).toMatchObject({
    state: "failed",
    items: [{ state: "refused", code: "NOT_SENT", message: "It would end before it starts." }],
  });
  expect(sends()).toBe(before);
});

test("people see and edit what their brands allow; a discarded draft leaves nothing behind", async () => {
  const { ctx, source, agencyId, campaigns } = await anOffice();
  const [campaign] = campaigns;
  const mine = await aBrand(db, agencyId);
  const other = await aBrand(db, agencyId);
  await assignAccounts(ctx, { accountIds: [campaign?.accountId ?? ""], brandId: mine });
  const edit = { entity: "campaign" as const, ids: [campaign?.id ?? ""], set: { name: "Renamed" } };
  const as = (brandId: string, role: "ops" | "lead" | "client") =>
    aCtx(source, agencyId, { memberships: [{ brandId, role }], userId: randomUUID() });
  await expect(editChanges(as(mine, "client"), edit)).rejects.toMatchObject({ code: "forbidden" });
  await expect(editChanges(as(mine, "lead"), edit)).rejects.toMatchObject({ code: "forbidden" });
  await expect(editChanges(as(other, "ops"), edit)).rejects.toMatchObject({ code: "not_found" });
  const ops = as(mine, "ops");
  const { draft } = await editChanges(ops, edit);
  const id = draft?.id ?? "";
  const seenBy = async (who: Ctx) =>
    (await read(who, (tx) => listChangeSets(tx, wholeList()))).items.map((set) => set.id);
  expect(await seenBy(as(mine, "lead"))).toContain(id);
  expect(await seenBy(as(other, "ops"))).toEqual([]);
  await expect(discardChanges(as(other, "ops"), { id })).rejects.toMatchObject({ code: "not_found" });
  await editChanges(ops, { ...edit, set: { state: "PAUSED" } });
  await expect(applyChanges(ops, { id, version: draft?.version ?? 0 })).rejects.toMatchObject({ code: "conflict" });
  await editChanges(ops, { ...edit, set: { state: "ENABLED", name: campaign?.name } });
  expect(await read(ops, readDraft)).toBeNull();
  await discardChanges(ops, { id });
});

test("who may not see a brand's money neither changes it nor reads what it was changed to", async () => {
  const { ctx, source, agencyId, campaigns } = await anOffice();
  const [campaign] = campaigns;
  const brandId = await aBrand(db, agencyId);
  await assignAccounts(ctx, { accountIds: [campaign?.accountId ?? ""], brandId });
  const permissions = ["brands.read", "campaigns.read", "campaigns.write", "changes.read"];
  const memberships = [{ brandId, role: "custom" as const, permissions }];
  const blind = aCtx(source, agencyId, { memberships, userId: randomUUID() });
  const edit = { entity: "campaign" as const, ids: [campaign?.id ?? ""], set: { budget: "9000000000" } };
  await expect(editChanges(blind, edit)).rejects.toMatchObject({ code: "forbidden" });
  const { draft } = await editChanges(ctx, edit);
  const filters = [{ field: "setId", operator: "eq" as const, values: [draft?.id ?? ""] }];
  const itemsFor = async (who: Ctx) =>
    (await read(who, (tx) => listChangeItems(tx, { ...wholeList(), filters }))).items.length;
  expect([await itemsFor(ctx), await itemsFor(blind)]).toEqual([1, 0]);
});
