// Limits of the API as its callers meet them, over HTTP.

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { startApi } from "../tests/support/api-server";
import { aBrand, aClock, aCtx, anAgency, aSource } from "../tests/support/ctx";
import { testDatabase } from "../tests/support/database";
import { users } from "./identity/tables";
import { createKey } from "./workspace/change-keys";
import type { ApiKeySecret } from "./workspace/key-contract";
import { memberships } from "./workspace/tables";

const { db } = testDatabase();

async function anAgencyWithKeys(count: number) {
  const [agencyId, userId] = [await anAgency(db), randomUUID()];
  await aBrand(db, agencyId);
  await db.withAgency(agencyId, async ({ db: tx }) => {
    await tx
      .insert(users)
      .values({ agencyId, id: userId, personId: userId, email: `${userId}@agency.test`, name: "Owner" });
    await tx.insert(memberships).values({ agencyId, userId, brandId: null, role: "owner" });
  });
  const ctx = aCtx(aSource(db, { clock: aClock(new Date()) }), agencyId, {
    userId,
    memberships: [{ brandId: null, role: "owner" }],
  });
  const make = () =>
    createKey(ctx, { name: "Key", permissions: ["brands.read"], brandIds: null }) as Promise<ApiKeySecret>;
  return Promise.all(Array.from({ length: count }, make));
}

const item = /^"(default|agency)";r=(\d+);t=(\d+)$/;
const policyItem = /^"(default|agency)";q=(\d+);w=60$/;

test("a key is let in as often as its limit says, exactly, and told before and after", async () => {
  const api = await startApi(db, { env: { apiLimits: { person: 100, key: 20, anonymous: 5, agency: 25 } } });
  try {
    const [one, two] = await anAgencyWithKeys(2);
    const ask = (key?: string, path = "brands") =>
      fetch(api.url + path, {
        headers: { "x-forwarded-for": "203.0.113.50", ...(key ? { authorization: `Bearer ${key}` } : {}) },
      });
    const answers = await Promise.all(Array.from({ length: 26 }, () => ask(one?.key)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    for (const { headers } of answers) {
      for (const part of headers.get("ratelimit")?.split(", ") ?? [""]) expect(part).toMatch(item);
      for (const part of headers.get("ratelimit-policy")?.split(", ") ?? [""]) expect(part).toMatch(policyItem);
    }
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get("content-type")).toContain("application/problem+json");
    const [, , remaining, reset] = item.exec(refused?.headers.get("ratelimit") ?? "") ?? [];
    expect(remaining).toBe("0");
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(Number(reset));
    expect(await refused?.json()).toMatchObject({
      status: 429,
      code: "limit",
      type: expect.stringContaining("quota-exceeded"),
      message: expect.stringContaining("This API key"),
    });
    // The other key has a limit of its own, and both share the agency's.
    const others = await Promise.all(Array.from({ length: 8 }, () => ask(two?.key)));
    expect(others.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(await others.find(({ status }) => status === 429)?.json()).toMatchObject({
      message: expect.stringContaining("Your agency"),
    });
    // Nobody known: by address, whatever is asked. Spelt otherwise it is no address of the API.
    const strangers = await Promise.all(
      ["brands", "openapi.json", "nothing", "brands", "brands", "brands"].map((path) => ask(undefined, path)),
    );
    expect(strangers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
    expect(
      (await fetch(`${api.url.replace("/api", "/%61pi")}brands`, { headers: { "x-forwarded-for": "203.0.113.50" } }))
        .status,
    ).toBe(404);
    expect(
      (await fetch(api.url.replace("/api/v1/", "/livez"), { headers: { "x-forwarded-for": "203.0.113.50" } })).status,
    ).toBe(200);
  } finally {
    await api.stop();
  }
});
