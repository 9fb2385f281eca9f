import { expect, test } from "vitest";
import { all, bestOf, completed, keepKnown } from "./capabilities";

const yes = { ok: true };
const no = { ok: false, reason: "Amazon refuses it." };
const perhaps = { ok: true, unproven: true, reason: "Shows with the first report." };
const probedAt = new Date("2026-11-20T12:00:00Z");
const known = (capability: typeof yes | typeof no | typeof perhaps) => ({ capabilities: all(capability), probedAt });

test("a probe without an answer leaves what was known, and says since when it was not checked", () => {
  const since = "2026-11-20T12:00:00.000Z";
  expect(keepKnown(all(null), known(yes)).campaigns).toEqual({ ok: true, uncheckedSince: since });
  const again = { capabilities: keepKnown(all(null), known(no)), probedAt: new Date("2026-11-21T12:00:00Z") };
  expect(keepKnown(all(null), again).reports).toEqual({ ...no, uncheckedSince: since });
});

test("a first probe without an answer proves nothing, for or against", () => {
  const first = keepKnown(all(null));
  expect(first.write).toMatchObject({ ok: true, unproven: true });
  expect(keepKnown(all(null), { capabilities: first, probedAt }).write).toEqual(first.write);
});

test("an answer takes the place of what was known, but what use has proven is not doubted again", () => {
  expect(keepKnown(all(no), known(yes)).amc).toEqual(no);
  expect(keepKnown(all(yes), known(no)).amc).toEqual(yes);
  expect(keepKnown(all(perhaps), known(yes)).reports).toEqual(yes);
  expect(keepKnown(all(perhaps), known(no)).reports).toEqual(perhaps);
  const unchecked = { capabilities: keepKnown(all(null), known(yes)), probedAt };
  expect(keepKnown(all(perhaps), unchecked).reports).toEqual(yes);
});

test("what was stored before there was a probe for it is not looked at yet", () => {
  const old = completed({ campaigns: yes, reports: perhaps, write: no });
  expect(old).toMatchObject({ campaigns: yes, write: no });
  expect(old.amc).toMatchObject({ ok: true, unproven: true, reason: expect.stringContaining("Not looked at yet") });
  expect(bestOf([old, all(no)]).audiences).toEqual(old.audiences);
});
