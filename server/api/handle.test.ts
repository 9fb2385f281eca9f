import { expect, test } from "vitest";
import { callApi } from "../../tests/support/api-call";
import type { Ctx } from "../core/context";

const ctx = { agencyId: "secret", can: () => true } as unknown as Ctx;

test.each([
  "connections/1/constructor",
  "connections/1/toString",
  "connections/1/__proto__",
  "accounts/constructor",
  "accounts/valueOf",
  "constructor",
  "accounts/%00",
  "accounts/%E0%A4%A",
])("POST %s is an address of nothing", async (path) => {
  const answer = await callApi(ctx, path, {});
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain("secret");
});
