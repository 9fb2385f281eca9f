import { expect, test } from "vitest";
import { testDatabase } from "../../tests/support/database";
import { anAgencyToTell } from "../../tests/support/people-to-tell";
import { createKey, revokeKey, rotateKey } from "../workspace/change-keys";
import { warnOfKeys } from "../workspace/jobs";
import type { ApiKeySecret } from "../workspace/key-contract";

const database = testDatabase();

test("the owner of a key is told once, a week before it expires; nobody is told of one that was replaced or revoked", async () => {
  const told = await anAgencyToTell(database);
  const { clock, ops, system } = told;
  const owner = told.as(ops.userId);
  const make = (name: string) =>
    createKey(owner, { name, permissions: ["brands.read"], brandIds: null }) as Promise<ApiKeySecret>;
  await make("Nightly export");
  await rotateKey(owner, { id: (await make("Replaced")).id });
  await revokeKey(owner, { id: (await make("Revoked")).id });
  const inbox = async () => {
    await warnOfKeys(system);
    await told.run(told.minutes(1));
    return (await told.inbox(ops.userId)).map(({ title }) => title);
  };
  clock.advance({ days: 82 });
  expect(await inbox()).toEqual([]);
  clock.advance({ days: 1, minutes: 1 });
  // Both that are in use: the one that took the other's place expires then too.
  expect((await inbox()).sort()).toEqual([
    expect.stringContaining('Your API key "Nightly export" expires on'),
    expect.stringContaining('Your API key "Replaced" expires on'),
  ]);
  expect(await inbox()).toHaveLength(2);
});
