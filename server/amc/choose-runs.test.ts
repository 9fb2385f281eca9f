import { expect, test } from "vitest";
import { type Busy, chooseRuns, type Waiting } from "./choose-runs";

const limits = { perInstance: 10, perAccount: 200 } as const;
let minute = 0;
const waiting = (id: string, over: Partial<Waiting> = {}): Waiting => ({
  id,
  instanceId: "i",
  accountId: "a",
  brandId: "b",
  batchId: null,
  atOnce: null,
  origin: "person",
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute++)),
  ...over,
});
const busy = (count: number, over: Partial<Busy> = {}): Busy[] =>
  Array.from({ length: count }, () => ({ instanceId: "i", accountId: "a", brandId: "b", batchId: null, ...over }));
const many = (count: number, over: Partial<Waiting> = {}) =>
  Array.from({ length: count }, (_, index) => waiting(`${over.brandId ?? ""}${index}`, over));

test("an instance has ten places, whoever waits", () => {
  expect(chooseRuns(many(30), [], limits)).toHaveLength(10);
  expect(chooseRuns(many(30), busy(9), limits)).toHaveLength(1);
  expect(chooseRuns(many(30), busy(10), limits)).toEqual([]);
});

test("an account has two hundred, over all its instances", () => {
  const all = Array.from({ length: 30 }, (_, index) => many(10, { instanceId: `i${index}` })).flat();
  expect(chooseRuns(all, [], limits)).toHaveLength(200);
  const elsewhere = many(5, { instanceId: "x", accountId: "other" });
  expect(chooseRuns(elsewhere, busy(200, { instanceId: "y" }), limits)).toHaveLength(5);
});

test("a person goes before a schedule, and a schedule before the past", () => {
  const all = [waiting("past", { origin: "backfill" }), waiting("clock", { origin: "schedule" }), waiting("person")];
  expect(chooseRuns(all, [], limits)).toEqual(["person", "clock", "past"]);
});

test("brands share the places, however many runs one of them has waiting", () => {
  const all = [...many(50, { brandId: "big" }), ...many(3, { brandId: "small" })];
  const chosen = chooseRuns(all, [], limits);
  expect(chosen.filter((id) => id.startsWith("small"))).toHaveLength(3);
});

test("a batch keeps to its own number of places", () => {
  const batch = many(20, { batchId: "batch", atOnce: 4 });
  expect(chooseRuns([...batch, waiting("other")], [], limits)).toHaveLength(5);
  expect(chooseRuns(batch, busy(3, { batchId: "batch" }), limits)).toHaveLength(1);
});
