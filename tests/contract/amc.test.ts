import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Region, regions } from "../../server/amazon";
import { caught, type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let ava: string;
beforeAll(async () => {
  local = await startSandboxAmazon();
  ava = await local.signIn("Ava");
});
afterEach(() => local.sandbox.control.faults.clear());
afterAll(() => local.sandbox.close());

const access = (region: Region = "NA") => ({ region, accessToken: ava });
const account = (index: number) => {
  const found = local.sandbox.control.world().amc[index];
  if (!found) throw new Error("no such AMC account");
  return { ...found, owner: { accountId: found.accountId, marketplaceId: found.marketplaceId } };
};

test.each(regions)(
  "AMC accounts are found through %s, with instances and the advertisers they hold",
  async (region) => {
    const accounts = await local.amazon.amc.listAccounts(access(region));
    expect(accounts.map(({ accountId }) => accountId)).toEqual([account(0).accountId, account(1).accountId]);
    const [owner] = accounts;
    if (!owner) throw new Error("no account");
    const instances = await local.amazon.amc.listInstances({ ...access(region), owner });
    expect(instances.map((instance) => instance.instanceType)).toEqual(["STANDARD", "SANDBOX"]);
    const [{ instanceId } = { instanceId: "" }] = instances;
    const advertisers = await local.amazon.amc.listAdvertisers({ ...access(region), owner, instanceId });
    expect(advertisers.map((advertiser) => advertiser.id)).toEqual([local.world.advertisers[0]?.advertiserId]);
    await local.amazon.amc.checkAudiences({ ...access(region), instanceId });
  },
);

test("terms that are not accepted are told in Amazon's words", async () => {
  const error = await caught(local.amazon.amc.listInstances({ ...access(), owner: account(1).owner }));
  expect(error).toMatchObject({ kind: "rejected", status: 403, details: expect.stringContaining("Terms and cond") });
});

test("a user without AMC rights has no account, and may not look into another's", async () => {
  const ben = { region: "NA", accessToken: await local.signIn("Ben") } as const;
  expect(await local.amazon.amc.listAccounts(ben)).toEqual([]);
  const refused = local.amazon.amc.listInstances({ ...ben, owner: account(0).owner });
  expect((await caught(refused))?.kind).toBe("unauthorized");
  const instanceId = account(0).instances[0]?.instanceId ?? "";
  expect((await caught(local.amazon.amc.checkAudiences({ ...ben, instanceId })))?.kind).toBe("unauthorized");
});

test.each([
  [{ status: 429 }, "throttled"],
  [{ status: 503 }, "unavailable"],
  [{ status: 404, body: { code: "404", details: "no such instance" } }, "rejected"],
  [{ malformed: true }, "unexpected_shape"],
])("AMC accounts under the fault %j", async (fault, kind) => {
  local.sandbox.control.faults.add({ path: "amc.accounts.list", times: 1, ...fault });
  expect((await caught(local.clientWith({}).amc.listAccounts(access())))?.kind).toBe(kind);
});
