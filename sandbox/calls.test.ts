import { expect, test } from "vitest";
import { type Call, createCallLog } from "./calls";

const call = (index: number): Call => ({
  at: new Date(index * 1000).toISOString(),
  realAt: "",
  region: index % 2 === 0 ? "NA" : "EU",
  method: "POST",
  path: "/auth/o2/token",
  operation: "lwa.token",
  status: 200,
  requestId: String(index),
  durationMs: 1,
});

test("the latest calls are kept whole and in order, and all of them are counted", () => {
  const log = createCallLog(10);
  for (let i = 0; i < 25; i += 1) log.add({ ...call(i), ...(i % 5 === 0 ? { fingerprint: "same" } : {}) });
  expect(log.list().map((item) => item.requestId)).toEqual(Array.from({ length: 10 }, (_, i) => String(i + 15)));
  expect(log.counts()).toEqual({ "lwa.token": 25 });
  expect(log.counts({ by: "region", operation: "lwa.token" })).toEqual({ NA: 13, EU: 12 });
  expect(log.counts({ since: new Date(20_000).toISOString() })).toEqual({ "lwa.token": 5 });
  expect(log.reportCreates()).toEqual({ same: 5 });
  log.clear();
  expect([log.list(), log.counts(), log.reportCreates()]).toEqual([[], {}, {}]);
});
