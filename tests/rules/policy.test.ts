import { expect, test } from "vitest";
import { isKnownField, policy } from "../api/policy";
import { calls, pages } from "../api/routes";

const served = [...calls, ...pages].map(({ route }) => route);

test("every address has a row in the policy (tests/api/policy.ts)", () => {
  expect(served.filter((route) => !(route in policy))).toEqual([]);
});

test("the policy names no address that is not served", () => {
  const others = ["audit-events", "files/:id", "receipts/:id"].map((file) => `GET /exports/${file}`);
  others.push("GET /healthz", "GET /live");
  expect(Object.keys(policy).filter((route) => !served.includes(route) && !others.includes(route))).toEqual([]);
});

test("of every field that takes an id the policy knows whose record it names", () => {
  const unknown = calls.flatMap(({ route, fields }) =>
    fields.filter((field) => !isKnownField(field)).map((field) => `${route}: ${field}`),
  );
  expect(unknown).toEqual([]);
});
