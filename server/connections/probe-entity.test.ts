import { expect, test } from "vitest";
import { json, scriptedAmazon } from "../../tests/support/scripted-amazon";
import type { Profile } from "../amazon";
import { lookAtAmc } from "./look-at-amc";
import type { Probing } from "./probe-advertiser";
import { listEntity } from "./probe-entity";

const profile = (profileId: string): Profile => ({
  profileId,
  countryCode: "US",
  currencyCode: "USD",
  timezone: "America/New_York",
  accountInfo: { id: "ENTITY1", type: "agency", name: "Agency" },
});

function probing(...answers: Parameters<typeof scriptedAmazon>) {
  const { amazon, sent } = scriptedAmazon(...answers);
  const place: Probing = { amazon, region: "NA", withToken: (call) => call("Atza|x") };
  return { place, sent };
}

const refused = json({ message: "Not authorized to access scope 1", requestId: "r", errors: [] }, 401);
const advertiser = { advertiserId: "428", name: "A", currency: "USD", timezone: "America/New_York" };

test("an entity that is refused under one of its profiles is listed under another", async () => {
  const { place, sent } = probing(refused, json({ totalResults: 1, response: [advertiser] }));
  const listed = await listEntity(place, [profile("1"), profile("2")]);
  expect(listed).toMatchObject({ entity: { profileId: "2" }, advertisers: [{ advertiserId: "428" }], refused: null });
  expect(sent.map(({ headers }) => headers.get("amazon-advertising-api-scope"))).toEqual(["1", "2"]);
});

test("an entity that is refused under all of them is told with Amazon's words", async () => {
  const { place } = probing(refused);
  expect(await listEntity(place, [profile("1"), profile("2")])).toMatchObject({
    entity: { profileId: "1" },
    advertisers: [],
    refused: { ok: false, reason: expect.stringContaining("Not authorized to access scope 1") },
  });
});

test("one advertiser is asked for by its id", async () => {
  const { place, sent } = probing(json({ totalResults: 1, response: [advertiser] }));
  await listEntity(place, [profile("1")], ["428"]);
  expect(sent[0]?.url.searchParams.get("advertiserIdFilter")).toBe("428");
});

test("once Amazon limits the calls to AMC no more are sent, and what was not seen is not taken for missing", async () => {
  const accounts = [1, 2, 3].map((n) => ({ accountId: `ENTITY${n}`, accountName: `AMC ${n}`, marketplaceId: "US" }));
  const { place, sent } = probing(json({ amcAccounts: accounts }), json({ message: "Too Many Requests" }, 429));
  expect(await lookAtAmc(place)).toEqual({ kind: "seen", accounts: [], complete: false });
  expect(sent).toHaveLength(2);
});

test("sandbox instances of AMC are left alone: their data is invented", async () => {
  const { place, sent } = probing(
    json({ amcAccounts: [{ accountId: "ENTITY1", accountName: null, marketplaceId: "US" }] }),
    json({ instances: [{ instanceId: "amctry", instanceName: "Try", instanceType: "SANDBOX" }] }),
  );
  const account = { name: "ENTITY1", marketplaceId: "US", closed: null, instances: [] };
  expect(await lookAtAmc(place)).toEqual({ kind: "seen", accounts: [account], complete: true });
  expect(sent).toHaveLength(2);
});
