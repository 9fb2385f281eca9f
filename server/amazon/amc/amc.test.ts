import { expect, test } from "vitest";
import { json, scriptedAmazon } from "../../../tests/support/scripted-amazon";

const access = { region: "EU", accessToken: "Atza|x" } as const;
const owner = { accountId: "ENTITY1", marketplaceId: "A1PA6795UKMFR9" };

test("AMC accounts are read page by page, without any account header", async () => {
  const page = (id: string, nextToken: string | null) =>
    json({ amcAccounts: [{ accountId: id, accountName: "AMC", marketplaceId: "M" }], nextToken });
  const { amazon, sent } = scriptedAmazon(page("ENTITY1", "t 1"), page("ENTITY2", null));
  const accounts = await amazon.amc.listAccounts(access);
  expect(accounts.map((account) => account.accountId)).toEqual(["ENTITY1", "ENTITY2"]);
  expect(sent.map(({ url }) => url.href)).toEqual([
    "https://api.eu.example/amc/accounts?limit=100",
    "https://api.eu.example/amc/accounts?limit=100&nextToken=t+1",
  ]);
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
    accept: "application/json",
    authorization: "Bearer Atza|x",
    "amazon-advertising-api-clientid": "amzn1.application-oa2-client.test",
  });
});

test("instances and their advertisers are asked for under the AMC account and its marketplace", async () => {
  const instance = { instanceId: "amcabc", instanceName: "One", creationStatus: "NEW_STATUS", s3BucketName: "b" };
  const { amazon, sent } = scriptedAmazon(
    json({ instances: [instance] }),
    json({ advertisers: [{ id: 4281234567890, name: "A", type: "DISPLAY", marketplaceId: null }], totalCount: 1 }),
  );
  expect(await amazon.amc.listInstances({ ...access, owner })).toEqual([
    { instanceId: "amcabc", instanceName: "One", creationStatus: "NEW_STATUS" },
  ]);
  const [advertiser] = await amazon.amc.listAdvertisers({ ...access, owner, instanceId: "amcabc", type: "DISPLAY" });
  expect(advertiser?.id).toBe("4281234567890");
  expect(sent[1]?.url.href).toBe("https://api.eu.example/amc/instances/amcabc/advertisers?type=DISPLAY&limit=100");
  for (const request of sent) {
    expect(request.headers.get("Amazon-Advertising-API-AdvertiserId")).toBe("ENTITY1");
    expect(request.headers.get("Amazon-Advertising-API-MarketplaceId")).toBe("A1PA6795UKMFR9");
  }
});

test("a token that repeats does not go round for ever", async () => {
  const { amazon, sent } = scriptedAmazon(json({ instances: [], nextToken: "again" }));
  await expect(amazon.amc.listInstances({ ...access, owner })).rejects.toMatchObject({ kind: "unexpected_shape" });
  expect(sent).toHaveLength(2);
});

test("audiences are asked for under their instance, and a refusal keeps Amazon's words", async () => {
  const refused = json({ code: "403", details: "Terms and conditions must be accepted to continue" }, 403);
  const { amazon, sent } = scriptedAmazon(json({ executionMetadata: [] }), refused);
  await amazon.amc.checkAudiences({ ...access, instanceId: "amcabc" });
  expect(sent[0]?.url.href).toBe("https://api.eu.example/amc/audiences/query?maxResults=1");
  expect(sent[0]?.headers.get("Amazon-Marketing-Cloud-Audience-InstanceId")).toBe("amcabc");
  await expect(amazon.amc.checkAudiences({ ...access, instanceId: "amcabc" })).rejects.toMatchObject({
    kind: "rejected",
    details: "Terms and conditions must be accepted to continue",
  });
});
