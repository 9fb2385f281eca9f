import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import type { z } from "zod";
import { actionProcess } from "../../tests/support/action-process";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner, type TestClock } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { runJobs } from "../../tests/support/run-jobs";
import { answer, aReceiver, type Receiver } from "../../tests/support/webhook-receiver";
import { catalogue } from "../api/catalogue";
import type { Ctx } from "../core/context";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { createOutgoing } from "../core/outgoing/outgoing";
import { wholeList } from "../core/query";
import { updateBrand } from "../workspace/change-brand";
import type { Membership } from "../workspace/permissions";
import type { ActionCreate, CustomActionSecret } from "./action-contract";
import { createAction, removeAction, rotateActionSecret } from "./change-action";
import { sendOverdueRunsTick, sendRunJob } from "./jobs";
import { getAction } from "./list-actions";
import { getRun, listRuns } from "./list-runs";
import { rotateActionSecrets } from "./rotate-keys";
import type { UseAnswer } from "./run-contract";
import { testAction, useAction } from "./use-action";

const { db, ownerUrl, appUrl } = testDatabase();
const receivers: Receiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.close();
});

interface World {
  agencyId: string;
  clock: TestClock;
  key: string;
  receiver: Receiver;
  brands: [string, string];
  action: CustomActionSecret;
  as(memberships: readonly Membership[], keys?: string[]): Ctx;
  owner: Ctx;
  use(ctx: Ctx, recordIds: string[], input?: object): Promise<UseAnswer>;
  send(until?: Date): Promise<string[]>;
  runs(): Promise<Awaited<ReturnType<typeof getRun>>[]>;
}

/** An agency with two brands, a receiver, and an action on brands that sends their name and budget. */
async function aWorld(over: Partial<z.input<typeof ActionCreate>> = {}): Promise<World> {
  const agencyId = await anAgency(db);
  const clock = aClock(new Date());
  const receiver = await aReceiver(clock);
  receivers.push(receiver);
  const key = generateKey();
  const outgoing = createOutgoing({ privateHosts: [receiver.host] });
  const source = (keys: string[]) =>
    aSource(db, { clock, jobs: [sendRunJob], services: { catalogue, outgoing, vault: createVault({ keys }) } });
  const as: World["as"] = (memberships, keys = [key]) => aCtx(source(keys), agencyId, { memberships });
  const owner = as(asOwner);
  const brands: [string, string] = [await aBrand(db, agencyId, "Acme"), await aBrand(db, agencyId, "Borealis")];
  const action = (await createAction(owner, {
    label: "Open a ticket",
    resource: "brands",
    url: receiver.url,
    sends: ["name", "monthlyBudget"],
    form: [{ key: "note", label: "Note", kind: "text", required: true }],
    confirm: "Open a ticket for {name}?",
    ...over,
  })) as CustomActionSecret;
  receiver.secret = action.secret;
  return {
    agencyId,
    clock,
    key,
    receiver,
    brands,
    action,
    as,
    owner,
    use: (ctx, recordIds, input = { note: "Please" }) =>
      useAction(ctx, { id: action.id, recordIds, input: input as Record<string, unknown> }),
    send: (until) =>
      runJobs({ ownerUrl, source: source([key]), agencyId, jobs: [sendRunJob], clock, ...(until ? { until } : {}) }),
    runs: async () => {
      const { items } = await owner.tx((tx) => listRuns(tx, wholeList()));
      return Promise.all(items.map(({ id }) => owner.tx((tx) => getRun(tx, id))));
    },
  };
}

const opsOf = (brandId: string | null): Membership[] => [{ brandId, role: "ops" }];

test("each record becomes one signed call that says who asked for what of which record", async () => {
  const { owner, use, send, receiver, brands, action, agencyId, runs } = await aWorld();
  const { results, done } = await use(owner, [...brands, brands[0]]);
  expect(done).toBe(2);
  expect(results.map(({ label, outcome }) => [label, outcome])).toEqual([
    ["Acme", "done"],
    ["Borealis", "done"],
  ]);
  expect(await send()).toHaveLength(2);
  expect(receiver.forged).toBe(0);
  expect(receiver.received.map(({ id }) => id).sort()).toEqual(results.map(({ runId }) => `msg_${runId}`).sort());
  const first = receiver.received.find(({ text }) => text.includes("Acme"));
  expect(first?.body).toMatchObject({
    type: "custom_action.used",
    data: {
      test: false,
      action: { id: action.id, label: "Open a ticket" },
      agency: { id: agencyId, name: "Test agency" },
      brand: { id: brands[0], name: "Acme" },
      record: { type: "brands", id: brands[0], label: "Acme", fields: { name: "Acme", monthlyBudget: null } },
      input: { note: "Please" },
      actor: { kind: "user", name: "Test person" },
    },
  });
  // As a receiver with the usual library does.
  expect(() =>
    new Webhook(action.secret).verify(first?.text ?? "", first?.headers as Record<string, string>),
  ).not.toThrow();
  const stored = await runs();
  expect(stored.map(({ state, status, answer: said, attempts }) => ({ state, status, said, attempts }))).toEqual(
    Array(2).fill({ state: "done", status: 200, said: "Thank you.", attempts: 1 }),
  );
  expect(stored.map(({ sent }) => sent).sort()).toEqual(receiver.received.map(({ text }) => text).sort());
});

test("a refusal is final and shown with at most 4 kB of its answer; a failure is tried again under the same id, five times", async () => {
  const { owner, use, send, receiver, brands, runs, clock } = await aWorld();
  receiver.answers = [answer(422, `No.${"x".repeat(9000)}`), answer(503, "Later.")];
  await use(owner, [brands[0]]);
  const begun = clock().getTime();
  expect(await send()).toHaveLength(1);
  const [refused] = await runs();
  expect(refused).toMatchObject({ state: "refused", status: 422, attempts: 1, nextAt: null });
  expect(refused?.answer).toBe(`No.${"x".repeat(4093)}`);

  receiver.received.length = 0;
  await use(owner, [brands[1]]);
  expect(await send(new Date(begun + 200_000))).toHaveLength(3);
  const waiting = (await runs()).find(({ recordId }) => recordId === brands[1]);
  expect(waiting).toMatchObject({ state: "waiting", attempts: 3, status: 503, note: "The receiver failed with 503." });
  expect(waiting?.tries.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(await send()).toHaveLength(2);
  const failed = (await runs()).find(({ recordId }) => recordId === brands[1]);
  expect(failed).toMatchObject({ state: "failed", attempts: 5, answer: "Later.", nextAt: null });
  expect(receiver.received).toHaveLength(5);
  expect(new Set(receiver.received.map(({ id, text }) => `${id} ${text}`)).size).toBe(1);
  expect(receiver.forged).toBe(0);
});

test("a process killed before or after the call leaves a run that another sends under the same id", async () => {
  const { owner, use, send, receiver, brands, agencyId, key, clock, runs } = await aWorld();
  const { results } = await use(owner, [brands[0]]);
  const runId = results[0]?.runId ?? "";
  const errand = { appUrl, agencyId, runId, key, host: receiver.host };
  for (const step of ["action.taken", "action.sent"]) {
    expect(await actionProcess({ ...errand, now: clock().toISOString() }, step)).toBe("SIGKILL");
    clock.advance({ seconds: 60 });
  }
  expect(receiver.received).toHaveLength(1);
  await sendOverdueRunsTick.run(owner);
  await send();
  expect(receiver.received.map(({ id }) => id)).toEqual([`msg_${runId}`, `msg_${runId}`]);
  expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
  expect(await runs()).toMatchObject([{ state: "done", attempts: 3 }]);
  await send();
  await sendOverdueRunsTick.run(owner);
  await send();
  expect(receiver.received).toHaveLength(2);
});

test("a job that comes while another process is at the call waits for its end", async () => {
  const { owner, use, receiver, brands, send, runs } = await aWorld();
  const { results } = await use(owner, [brands[0]]);
  const input = { runId: results[0]?.runId ?? "" };
  receiver.answers = [(response) => void sendRunJob.run(owner, input).then(() => answer(200, "Once.")(response))];
  await sendRunJob.run(owner, input);
  await send();
  expect(receiver.received).toHaveLength(1);
  expect(await runs()).toMatchObject([{ state: "done", attempts: 1 }]);
});

test("after a rotation both secrets sign until the old one's time is over", async () => {
  const { owner, use, send, receiver, brands, action, clock } = await aWorld();
  const made = (await rotateActionSecret(owner, { id: action.id })) as CustomActionSecret;
  expect(made.secret).not.toBe(action.secret);
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  for (const secret of [action.secret, made.secret]) {
    receiver.secret = secret;
    await use(owner, [brands[0]]);
    await send();
  }
  expect([receiver.received.length, receiver.forged]).toEqual([2, 0]);
  clock.advance({ hours: 25 });
  expect((await owner.tx((tx) => getAction(tx, action.id))).formerUntil).toBeNull();
  for (const secret of [made.secret, action.secret]) {
    receiver.secret = secret;
    await use(owner, [brands[0]]);
    await send();
  }
  expect([receiver.received.length, receiver.forged]).toEqual([3, 1]);
});

test("a stolen secret can be ended at once, and secrets are sealed anew with the encryption key", async () => {
  const { owner, as, use, receiver, brands, action, clock, key, send } = await aWorld();
  const oldSignsUntil = clock().toISOString();
  const made = (await rotateActionSecret(owner, { id: action.id, oldSignsUntil })) as CustomActionSecret;
  const newer = generateKey();
  expect(await rotateActionSecrets(as(asOwner, [newer, key]))).toEqual({ rotated: 1, failed: 0 });
  expect(await rotateActionSecrets(as(asOwner, [newer, key]))).toEqual({ rotated: 0, failed: 0 });
  const { results } = await use(owner, [brands[0]]);
  await sendRunJob.run(as(asOwner, [newer]), { runId: results[0]?.runId ?? "" });
  expect(receiver.forged).toBe(1);
  receiver.secret = made.secret;
  await use(as(asOwner, [newer]), [brands[1]]);
  await expect(send()).rejects.toThrow(/not configured/);
});

test("an action is used on the records of one's own brands only, and with its own permission", async () => {
  const { as, use, brands, action, owner, runs } = await aWorld({ permission: "brands.write" });
  const ops = as(opsOf(brands[0]));
  const { results } = await use(ops, [...brands, "no id"]);
  expect(results.map(({ label, outcome, reason }) => [label, outcome, reason])).toEqual([
    ["Acme", "done", undefined],
    [null, "failed", "This record was not found."],
    [null, "failed", "This record was not found."],
  ]);
  const bounded: Membership[] = [
    { brandId: brands[0], role: "ops" },
    { brandId: brands[1], role: "custom", permissions: ["brands.read", "actions.write"] },
  ];
  const second = await use(as(bounded), [...brands]);
  expect(second.results.map(({ label, reason }) => [label, reason])).toEqual([
    ["Acme", undefined],
    ["Borealis", 'You need the permission "brands.write" for this.'],
  ]);
  await expect(use(as([{ brandId: null, role: "lead" }]), [brands[0]])).rejects.toMatchObject({ code: "forbidden" });
  expect(await runs()).toHaveLength(2);
  // Another brand's runs are not seen.
  const elsewhere = as(opsOf(brands[1]));
  expect((await elsewhere.tx((tx) => listRuns(tx, wholeList()))).items).toEqual([]);
  const [mine] = await runs();
  await expect(elsewhere.tx((tx) => getRun(tx, mine?.id ?? ""))).rejects.toMatchObject({ code: "not_found" });
  const stranger = aCtx(aSource(db, { services: owner.services }), await anAgency(db), { memberships: asOwner });
  await expect(use(stranger, [brands[0]])).rejects.toMatchObject({ code: "not_found" });
  expect(action.permission).toBe("brands.write");
});

test("money is not sent for somebody who may not see it, nor shown to them of what another sent", async () => {
  const { owner, as, use, send, receiver, brands } = await aWorld();
  await updateBrand(owner, { id: brands[0], version: 1, monthlyBudget: "25000000", budgetCurrency: "EUR" });
  const blind = as([{ brandId: null, role: "custom", permissions: ["brands.read", "actions.read", "actions.write"] }]);
  await use(owner, [brands[0]]);
  await send();
  await use(blind, [brands[0]]);
  await send();
  const fields = receiver.received.map(({ body }) => (body.data.record as { fields: object }).fields);
  expect(fields).toEqual([{ name: "Acme", monthlyBudget: "25000000" }, { name: "Acme" }]);
  const { items } = await blind.tx((tx) => listRuns(tx, wholeList()));
  expect(items.map(({ withheld, answer: said }) => [withheld, said])).toEqual([
    [false, "Thank you."],
    [true, null],
  ]);
  const read = await Promise.all(items.map(({ id }) => blind.tx((tx) => getRun(tx, id))));
  expect(read.map(({ sent }) => sent?.includes("Acme") ?? null)).toEqual([true, null]);
});

test("the form is checked before anything is written", async () => {
  const { owner, use, brands, runs } = await aWorld();
  await expect(use(owner, [brands[0]], { note: "", extra: 1 })).rejects.toMatchObject({
    code: "invalid",
    fields: { "input.note": "Fill in Note.", "input.extra": "This field is not asked for; remove it." },
  });
  expect(await runs()).toEqual([]);
});

test("an address inside is refused when the action is made, and again when it is called", async () => {
  const { owner, as, use, brands, action, receiver, agencyId } = await aWorld();
  const inside = { ...action, url: "https://169.254.169.254/", sends: [] };
  const { id: _, secret: __, formerUntil: ___, createdAt: ____, version: _____, ...definition } = inside;
  await expect(createAction(owner, definition)).rejects.toMatchObject({
    code: "invalid",
    fields: { url: expect.any(String) },
  });
  const { results } = await use(owner, [brands[0]]);
  // The operator has taken the host off the list meanwhile.
  const closed = createOutgoing({ privateHosts: [] });
  const services = { ...as(asOwner).services, outgoing: closed };
  const job = aCtx(aSource(db, { services, clock: owner.now, jobs: [sendRunJob] }), agencyId);
  await sendRunJob.run(job, { runId: results[0]?.runId ?? "" });
  const run = await owner.tx((tx) => getRun(tx, results[0]?.runId ?? ""));
  expect(run).toMatchObject({ state: "failed", attempts: 1, status: null });
  expect(run.note).toContain("https://");
  expect(receiver.received).toEqual([]);
});

test("a test says that it is one; what waits of a removed action is not sent", async () => {
  const { owner, action, use, send, receiver, brands, runs } = await aWorld();
  await testAction(owner, { id: action.id });
  await send();
  expect(receiver.received[0]?.body.data).toMatchObject({
    test: true,
    input: { note: "A test" },
    record: { label: "Acme" },
  });
  await use(owner, [brands[1]]);
  await removeAction(owner, { id: action.id });
  await send();
  expect(receiver.received).toHaveLength(1);
  expect((await runs()).map(({ state, note }) => [state, note])).toEqual([
    ["failed", "The action was removed before it was sent."],
    ["done", null],
  ]);
});

test("what is used and what came of it is in the audit log", async () => {
  const { owner, use, send, brands, agencyId } = await aWorld();
  await use(owner, [brands[0]]);
  await send();
  const rows = await db.withAgency(
    agencyId,
    ({ sql }) => sql<{ action: string; brand_id: string | null }[]>`select action, brand_id from audit_events
      where action like 'custom-action.%' order by action`,
  );
  expect(rows.map(({ action, brand_id }) => [action, brand_id])).toEqual([
    ["custom-action.created", null],
    ["custom-action.done", brands[0]],
    ["custom-action.used", brands[0]],
  ]);
  const text = JSON.stringify(
    await db.withAgency(agencyId, ({ sql }) => sql`select * from audit_events where agency_id = ${agencyId}`),
  );
  expect(text).not.toContain("whsec_");
});
