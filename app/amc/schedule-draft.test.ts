import { expect, test } from "vitest";
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { draftOf, readAgain } from "./schedule-draft";

const schedule = {
  id: "6a5c3a1e-0000-4000-8000-000000000001",
  name: "Reach, monthly",
  templateId: "reach-and-frequency",
  pinnedVersion: null,
  instanceIds: ["6a5c3a1e-0000-4000-8000-000000000002"],
  values: { most: 10, campaigns: [] },
  window: { kind: "month", back: 0 },
  cron: "0 6 4 * *",
  timeZone: "UTC",
  missed: "latest",
  paused: false,
  version: 3,
} as unknown as AmcSchedule;
const edited = { ...draftOf(schedule), name: "Reach, weekly" };

test("pausing a schedule leaves what is unsaved, and it can still be saved", () => {
  const paused = { ...schedule, paused: true, version: 4 };
  expect(readAgain({ draft: edited, base: schedule }, paused)).toEqual({ draft: edited, base: paused });
});

test("a change by somebody else shows where nothing is unsaved, and else is not gone over", () => {
  const theirs = { ...schedule, cron: "0 7 4 * *", version: 4 };
  expect(readAgain({ draft: draftOf(schedule), base: schedule }, theirs)).toEqual({
    draft: draftOf(theirs),
    base: theirs,
  });
  const held = { draft: edited, base: schedule };
  expect(readAgain(held, theirs)).toBe(held);
});

test("what was saved stays while the page still knows the version before it", () => {
  const saved = { ...schedule, name: "Reach, weekly", version: 4 };
  const held = { draft: draftOf(saved), base: saved };
  expect(readAgain(held, schedule)).toBe(held);
});

test("values in another order are no change", () => {
  const theirs = { ...schedule, cron: "0 7 4 * *", version: 4 };
  const draft = { ...draftOf(schedule), values: { campaigns: [], most: 10 } };
  expect(readAgain({ draft, base: schedule }, theirs).base).toBe(theirs);
});
