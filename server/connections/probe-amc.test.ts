import { expect, test } from "vitest";
import type { AmcSight, SeenInstance } from "./look-at-amc";
import { amcCapabilities } from "./probe-amc";

const question = { advertiserId: "428", marketplaceId: "US", mayEdit: true };
const instance = (part: Partial<SeenInstance> = {}): SeenInstance => ({
  id: "amcabc",
  name: "Coffee",
  ready: true,
  status: "COMPLETED",
  advertiserIds: new Set(["428"]),
  audiences: { ok: true },
  ...part,
});
const terms = { ok: false, reason: "The terms and conditions of AMC are not accepted." };
type Account = Extract<AmcSight, { kind: "seen" }>["accounts"][number];
const account = (part: Partial<Account> = {}): Account => ({
  name: "Agency AMC",
  marketplaceId: "US",
  closed: null,
  instances: [],
  ...part,
});
const seen = (accounts: Account[], complete = true): AmcSight => ({ kind: "seen", accounts, complete });

test("an advertiser in an instance reaches AMC through it, and its audiences show with the first", () => {
  expect(amcCapabilities(seen([account({ instances: [instance()] })]), question)).toEqual({
    amc: { ok: true, reason: 'Reachable through the AMC instance "Coffee".' },
    audiences: { ok: true, unproven: true, reason: expect.stringContaining("can be read") },
  });
});

test("without an answer nothing is said, unless the advertiser was already found", () => {
  expect(amcCapabilities({ kind: "unanswered" }, question)).toEqual({ amc: null, audiences: null });
  expect(amcCapabilities(seen([account()], false), question).amc).toBeNull();
  expect(amcCapabilities(seen([account({ instances: [instance()] })], false), question).amc?.ok).toBe(true);
  const unasked = account({ instances: [instance({ audiences: null })] });
  expect(amcCapabilities(seen([unasked]), question)).toMatchObject({ amc: { ok: true }, audiences: null });
});

test.each([
  ["no account", [], /^No AMC account for this entity/],
  ["an account without an instance", [account()], /^No AMC instance: "Agency AMC" has none/],
  [
    "instances of others",
    [account({ instances: [instance({ advertiserIds: new Set(["9"]) })] })],
    /^No AMC instance holds this advertiser \(1 looked through, of "Agency AMC"\)/,
  ],
  ["terms that are not accepted", [account({ closed: terms })], /terms and conditions/],
  [
    "terms of another marketplace's account, beside one that can be looked into",
    [account({ closed: terms, marketplaceId: "DE" }), account()],
    /^No AMC instance/,
  ],
  [
    "an instance in the making",
    [account({ instances: [instance({ ready: false, status: "IN_PROGRESS" })] })],
    /still being made \(IN_PROGRESS\)/,
  ],
  ["an instance that failed", [account({ instances: [instance({ ready: false, status: "FAILED" })] })], /not be made/],
])("%s is told as the reason, for audiences too", (_name, accounts, reason) => {
  const { amc, audiences } = amcCapabilities(seen(accounts), question);
  expect(amc).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  expect(audiences).toMatchObject({ ok: false, reason: `Audiences are made in AMC. ${amc?.reason}` });
});

test("who may only view the entity makes no audience, and a refusal of Amazon's is passed on", () => {
  const accounts = [account({ instances: [instance()] })];
  const viewer = amcCapabilities(seen(accounts), { ...question, mayEdit: false });
  expect(viewer).toMatchObject({
    amc: { ok: true },
    audiences: { ok: false, reason: expect.stringContaining("only view") },
  });
  const refused = { ok: false, reason: "Amazon refuses the audiences (403)." };
  const without = amcCapabilities(seen([account({ instances: [instance({ audiences: refused })] })]), question);
  expect(without.audiences).toEqual(refused);
  const capability = { ok: false, reason: "Amazon refuses the AMC accounts (403)." };
  expect(amcCapabilities({ kind: "refused", capability }, question).amc).toEqual(capability);
});
