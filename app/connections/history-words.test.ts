import { expect, test } from "vitest";
import type { ConnectionEvent } from "#server/connections/consent-contract";
import { durationWords, eventWords } from "./history-words";

const anEvent = (overrides: Partial<ConnectionEvent>): ConnectionEvent => ({
  id: "1",
  connectionId: "c",
  at: "2026-11-20T12:00:00Z",
  action: "connection.connected",
  actorName: null,
  reason: null,
  lasted: null,
  accounts: 0,
  accountNames: [],
  direction: null,
  otherName: null,
  ...overrides,
});

test("a recovery says how long the trouble lasted", () => {
  expect(eventWords(anEvent({ action: "connection.became_healthy", lasted: 720 })).what).toBe(
    "Healthy again after 12 min",
  );
});

test("accounts that moved are counted, and some of them named", () => {
  const moved = anEvent({
    action: "account.failed_over",
    direction: "left",
    otherName: "Ben Ortiz",
    accounts: 3,
    accountNames: ["Harbor", "Lumen"],
  });
  expect(eventWords(moved)).toEqual({ what: "3 accounts moved to Ben Ortiz", more: "Harbor, Lumen and 1 other" });
  expect(eventWords({ ...moved, direction: "came", accounts: 1, accountNames: [] })).toEqual({
    what: "1 account moved here from Ben Ortiz",
    more: null,
  });
});

test("an action without words of its own still reads well, with its reason", () => {
  expect(eventWords(anEvent({ action: "connection.something_new", reason: "why" }))).toEqual({
    what: "Something new",
    more: "why",
  });
});

test.each([
  [0, "1 s"],
  [59, "59 s"],
  [61, "1 min"],
  [3 * 3600 + 300, "3 h 5 min"],
  [2 * 86_400, "2 d"],
])("%d seconds are %s", (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
