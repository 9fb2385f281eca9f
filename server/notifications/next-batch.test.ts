import { expect, test } from "vitest";
import type { DeliveryRow } from "./delivery-store";
import { nextBatch, retryDelay } from "./next-batch";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, seconds));

const row = (id: string, created: number, more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  agencyId: "a",
  id,
  messageId: id,
  userId: "u",
  channel: "email",
  state: "waiting",
  attempts: 0,
  nextAt: at(created + 60),
  externalId: `${id}@here`,
  note: null,
  createdAt: at(created),
  sentAt: null,
  ...more,
});

test("all that waits goes out together a minute after the first, under the first one's id", () => {
  const waiting = [row("one", 0), row("two", 40)];
  expect(nextBatch(waiting, null, at(59))).toEqual({ kind: "wait", until: at(60) });
  expect(nextBatch(waiting, null, at(60))).toMatchObject({ kind: "send", externalId: "one@here", rows: waiting });
});

test("a minute passes between two mails", () => {
  expect(nextBatch([row("two", 1)], at(60), at(61))).toEqual({ kind: "wait", until: at(120) });
  expect(nextBatch([row("two", 1)], at(60), at(120))).toMatchObject({ kind: "send" });
});

test("what was tried stays one mail, and newer messages wait behind it", () => {
  const tried = { attempts: 1, externalId: "one@here", nextAt: at(200) };
  const waiting = [row("one", 0, tried), row("two", 1, tried), row("three", 90)];
  expect(nextBatch(waiting, null, at(160))).toEqual({ kind: "wait", until: at(200) });
  expect(nextBatch(waiting, null, at(200))).toMatchObject({ kind: "send", rows: waiting.slice(0, 2) });
});

test("nothing waits: nothing is due", () => {
  expect(nextBatch([], at(0), at(60))).toEqual({ kind: "none" });
});

test("waits grow to an hour, and after a day it is given up", () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => (retryDelay(attempt) ?? 0) / 60_000);
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  const all = Array.from({ length: 29 }, (_, index) => retryDelay(index + 1) ?? 0).reduce((sum, wait) => sum + wait, 0);
  expect(all / 3_600_000).toBeGreaterThan(24);
  expect(retryDelay(30)).toBeNull();
});
