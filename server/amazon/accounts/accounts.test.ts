import { expect, test } from "vitest";
import { json, scriptedAmazon } from "../../../tests/support/scripted-amazon";

const access = { region: "NA", accessToken: "Atza|x" } as const;

const aProfile = (profileId: string) =>
  `{"profileId":${profileId},"countryCode":"US","currencyCode":"USD","timezone":"America/Los_Angeles","newField":1,
  "accountInfo":{"marketplaceStringId":"ATVPDKIKX0DER","id":"ENTITY1","type":"agency","name":"Agency"}}`;

const anAdvertiser = (id: number) => ({
  advertiserId: String(id),
  name: `Brand ${id}`,
  currency: "USD",
  country: "US",
  timezone: "America/New_York",
});

test("profiles are listed without a scope, and their ids keep every digit", async () => {
  const body = `[${aProfile("9112223334445556001")},${aProfile("42")},${aProfile('"43"')}]`;
  const { amazon, sent } = scriptedAmazon(new Response(body));
  const profiles = await amazon.accounts.listProfiles(access);
  expect(profiles.map((profile) => profile.profileId)).toEqual(["9112223334445556001", "42", "43"]);
  expect(profiles[0]?.accountInfo).toMatchObject({ id: "ENTITY1", type: "agency" });
  expect(sent[0]?.url.href).toBe("https://api.na.example/v2/profiles");
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
    authorization: "Bearer Atza|x",
    "amazon-advertising-api-clientid": "amzn1.application-oa2-client.test",
  });
});

test("all advertisers of an entity are paged through, in the scope of its profile", async () => {
  const all = Array.from({ length: 230 }, (_, index) => anAdvertiser(index));
  const { amazon, sent } = scriptedAmazon(({ url }) => {
    const start = Number(url.searchParams.get("startIndex"));
    return json({
      totalResults: all.length,
      response: all.slice(start, start + Number(url.searchParams.get("count"))),
    });
  });
  const advertisers = await amazon.accounts.listAdvertisers({ ...access, profileId: "9112223334445556001" });
  expect(advertisers.map((advertiser) => advertiser.advertiserId)).toEqual(all.map(({ advertiserId }) => advertiserId));
  expect(sent.map(({ url }) => url.search)).toEqual([0, 100, 200].map((start) => `?startIndex=${start}&count=100`));
  expect(sent[0]?.headers.get("amazon-advertising-api-scope")).toBe("9112223334445556001");
});

test("paging ends on an empty page and at the last page Amazon gives, whatever the total says", async () => {
  const short = scriptedAmazon(
    json({ totalResults: 5, response: [anAdvertiser(1)] }),
    json({ totalResults: 5, response: [] }),
  );
  expect(await short.amazon.accounts.listAdvertisers({ ...access, profileId: "1" })).toHaveLength(1);

  const page = Array.from({ length: 100 }, (_, index) => anAdvertiser(index));
  const endless = scriptedAmazon(json({ totalResults: 1_000_000, response: page }));
  expect(await endless.amazon.accounts.listAdvertisers({ ...access, profileId: "1" })).toHaveLength(100);
  expect(endless.sent).toHaveLength(300);
  expect(endless.logged()).toContain("more advertisers than Amazon lists");
});
