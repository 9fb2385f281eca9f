import { expect, test } from "vitest";
import type { Ctx } from "../core/context";
import { createLog } from "../core/log";
import { handleApi } from "./handle";

const ctx = { agencyId: "secret", can: () => true } as unknown as Ctx;
const api = { log: createLog("silent"), publicUrl: "https://tidemark.example.com", identify: async () => ctx };

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
  const request = new Request(`https://tidemark.example.com/api/v1/${path}`, { method: "POST" });
  const answer = await handleApi(api, request, path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain("secret");
});
