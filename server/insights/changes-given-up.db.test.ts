import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { testSandbox } from "../../tests/support/amazon-user";
import { changeOffices } from "../../tests/support/change-office";
import { changesProcess } from "../../tests/support/changes-process";
import { testDatabase } from "../../tests/support/database";
import { resumeChanges } from "./apply-changes";
import { mayTryAgain } from "./change-contract";
import { editChanges } from "./edit-changes";
import { applyChangesJob } from "./jobs";
import { getChangeSet } from "./list-changes";

const sandbox = testSandbox({ brands: 1, campaigns: 12 });
const { anOffice, read, applied, sends } = changeOffices(testDatabase(), sandbox);

test.each([
  { point: "changes.marked", landed: 0 },
  { point: "changes.answered", landed: 5 },
])(
  "a set whose job died for good at $point says what it knows of each item; tried again, only what is missing is sent",
  async ({ point, landed }) => {
    const { ctx, run, campaigns, place } = await anOffice();
    const six = campaigns.filter(({ accountId }) => accountId === campaigns[0]?.accountId).slice(0, 6);
    const ids = six.map(({ id }) => id);
    const { draft } = await editChanges(ctx, { entity: "campaign", ids, raise: { field: "budget", percent: 3 } });
    const id = await applied(ctx, draft);
    const { actor } = ctx;
    if (actor.kind !== "user") throw new Error("a person applies");
    const input = { setId: id, accountId: six[0]?.accountId ?? "", waits: 0, actor };
    const before = sends();
    expect(await changesProcess(place, input, point)).toBe("SIGKILL");
    expect(sends() - before).toBe(landed > 0 ? 1 : 0);

    for (const _ of ["once", "and again"]) await applyChangesJob.gaveUp?.(ctx, input);
    const over = await read(ctx, (tx) => getChangeSet(tx, id));
    expect(over).toMatchObject({ state: "failed", counts: { waiting: 0, unsure: 5, refused: 1 } });
    expect(over.items?.find(({ state }) => state === "refused")).toMatchObject({
      code: "BROKE_OFF",
      message: "Not sent: the work broke off here.",
      remedy: expect.stringContaining("Try again"),
    });
    const open = over.items?.filter(mayTryAgain) ?? [];
    expect(open.length).toBe(6);

    await resumeChanges(ctx, { id, items: open.map((item) => item.id) });
    await run();
    const done = await read(ctx, (tx) => getChangeSet(tx, id));
    expect(done).toMatchObject({ state: "applied", counts: { applied: 6, unsure: 0, refused: 0 } });
    // Two batches where nothing had arrived, one item where the first batch had.
    expect(sends() - before).toBe(2);
    expect(done.items?.filter(({ message }) => message?.includes("found when it was asked")).length).toBe(landed);
  },
  60_000,
);

test("what was not sent is not sent over what Amazon holds by now, and what was refused stays so", async () => {
  const { ctx, campaigns } = await anOffice();
  const { draft } = await editChanges(ctx, {
    entity: "campaign",
    ids: [campaigns[0]?.id ?? ""],
    set: { name: `Never sent ${randomUUID()}` },
  });
  const id = await applied(ctx, draft);
  const item = (await read(ctx, (tx) => getChangeSet(tx, id))).items?.[0];
  const input = { setId: id, accountId: campaigns[0]?.accountId ?? "", waits: 0 };
  if (ctx.actor.kind !== "user" || !item) throw new Error("a person applies an item");
  await expect(resumeChanges(ctx, { id, items: [item.id] })).rejects.toMatchObject({ code: "conflict" });
  await applyChangesJob.gaveUp?.(ctx, { ...input, actor: ctx.actor });
  await ctx.tx((tx) => tx.sql`update change_items set before = '{"name":"As it was long ago"}' where set_id = ${id}`);
  await resumeChanges(ctx, { id, items: [item.id] });
  await applyChangesJob.run(ctx, { ...input, actor: ctx.actor });
  expect((await read(ctx, (tx) => getChangeSet(tx, id))).items).toMatchObject([{ state: "skipped", code: "DRIFTED" }]);
});
