import { expect, test } from "vitest";
import { json, scriptedAmazon } from "../../../tests/support/scripted-amazon";
import type { AmazonError } from "../index";

const input = { region: "NA", accessToken: "Atza|x", advertiserId: "4281234567890" } as const;

const aCampaign = (id: string) => ({
  campaignId: id,
  name: `Campaign ${id}`,
  state: "ENABLED",
  adProduct: "AMAZON_DSP",
});
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

test("campaigns are paged by token under the v1 headers", async () => {
  const { amazon, sent } = scriptedAmazon(
    json({ campaigns: [aCampaign("1")], nextToken: "t1" }),
    json({ campaigns: [], nextToken: "t2" }),
    json({ campaigns: [aCampaign("2")] }),
  );
  const campaigns = await all(amazon.dsp.queryCampaigns({ ...input, states: ["ENABLED", "PAUSED"] }));
  expect(campaigns.map(({ campaignId }) => campaignId)).toEqual(["1", "2"]);
  expect(sent.map(({ method, url }) => [method, url.href])[0]).toEqual([
    "POST",
    "https://api.na.example/adsApi/v1/query/campaigns",
  ]);
  const body = {
    adProductFilter: { include: ["AMAZON_DSP"] },
    stateFilter: { include: ["ENABLED", "PAUSED"] },
    maxResults: 100,
  };
  expect(sent.map((request) => JSON.parse(request.body))).toEqual([
    body,
    { ...body, nextToken: "t1" },
    { ...body, nextToken: "t2" },
  ]);
  expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
    authorization: "Bearer Atza|x",
    "amazon-ads-clientid": "amzn1.application-oa2-client.test",
    "amazon-ads-accountid": "4281234567890",
    "content-type": "application/json",
  });
});

test("id filters of any length are split to what one request takes", async () => {
  const { amazon, sent } = scriptedAmazon(json({ adGroups: [] }));
  await all(amazon.dsp.queryAdGroups({ ...input, campaignIds: numbers(250), adGroupIds: numbers(1001) }));
  const sizes = sent.map(({ body }) => {
    const { campaignIdFilter, adGroupIdFilter } = JSON.parse(body);
    return [adGroupIdFilter.include.length, campaignIdFilter.include.length];
  });
  expect(sizes).toEqual([1000, 1].flatMap((groups) => [100, 100, 50].map((campaigns) => [groups, campaigns])));
});

test("an empty list of ids asks for nothing", async () => {
  const { amazon, sent } = scriptedAmazon(json({ ads: [] }));
  expect(await all(amazon.dsp.queryAds({ ...input, adIds: [] }))).toEqual([]);
  expect(sent).toHaveLength(0);
});

test("a page token that repeats is not followed round and round", async () => {
  const { amazon, sent } = scriptedAmazon(json({ ads: [], nextToken: "same" }));
  await expect(all(amazon.dsp.queryAds(input))).rejects.toMatchObject({ kind: "unexpected_shape", path: "nextToken" });
  expect(sent).toHaveLength(2);
});

test("entities keep fields and values that we do not know, and name the path of what does not fit", async () => {
  const odd = { ...aCampaign("590000000000000001"), state: "HIBERNATING", brandNew: { a: [1] } };
  const { amazon } = scriptedAmazon(json({ campaigns: [odd] }), json({ campaigns: [odd, { ...odd, name: null }] }));
  expect(await all(amazon.dsp.queryCampaigns(input))).toEqual([odd]);
  await expect(all(amazon.dsp.queryCampaigns(input))).rejects.toMatchObject({ path: "campaigns.1.name" });
});

const answerAll =
  (list: string, one: string, id: string) =>
  ({ body }: { body: string }) =>
    json(
      {
        success: JSON.parse(body)[list].map((change: Record<string, string>, index: number) => ({
          index,
          [one]: { ...change, [id]: change[id], campaignId: "1", name: "n", state: "PAUSED" },
        })),
        error: [],
      },
      207,
    );

test("updates go out in batches of the allowed size and come back under the caller's indexes", async () => {
  const campaigns = scriptedAmazon(answerAll("campaigns", "campaign", "campaignId"));
  const changes = numbers(12).map((campaignId) => ({ campaignId, state: "PAUSED" as const }));
  const outcome = await campaigns.amazon.dsp.updateCampaigns({ ...input, changes });
  expect(campaigns.sent.map(({ body }) => JSON.parse(body).campaigns.length)).toEqual([5, 5, 2]);
  expect(outcome.success.map(({ index }) => index)).toEqual(numbers(12).map(Number));

  const groups = scriptedAmazon(answerAll("adGroups", "adGroup", "adGroupId"));
  await groups.amazon.dsp.updateAdGroups({ ...input, changes: numbers(41).map((adGroupId) => ({ adGroupId })) });
  expect(groups.sent.map(({ body }) => JSON.parse(body).adGroups.length)).toEqual([20, 20, 1]);

  const ads = scriptedAmazon(answerAll("ads", "ad", "adId"));
  const result = await ads.amazon.dsp.updateAds({ ...input, changes: numbers(11).map((adId) => ({ adId })) });
  expect(ads.sent.map(({ body }) => JSON.parse(body).ads.length)).toEqual([10, 1]);
  expect(result.success.map(({ item }) => item.adId)).toEqual(numbers(11));
});

test("every change ends in exactly one list: done, refused or unanswered", async () => {
  const refusal = { code: "RESOURCE_ID_NOT_FOUND", message: "not found", fieldLocation: "campaigns[1].campaignId" };
  const { amazon } = scriptedAmazon(
    json({ success: [{ index: 0, campaign: aCampaign("0") }], error: [{ index: 1, errors: [refusal] }] }, 207),
    new Response("", { status: 503 }),
  );
  const changes = numbers(12).map((campaignId) => ({ campaignId }));
  const outcome = await amazon.dsp.updateCampaigns({ ...input, changes });
  expect(outcome.success.map(({ index }) => index)).toEqual([0]);
  expect(outcome.error).toEqual([{ index: 1, errors: [refusal] }]);
  const told = outcome.unanswered.map(({ index, mayHaveLanded, cause }) => [index, mayHaveLanded, cause.kind]);
  expect(told).toEqual([
    ...[2, 3, 4].map((index) => [index, true, "unexpected_shape"]),
    ...[5, 6, 7, 8, 9].map((index) => [index, true, "unavailable"]),
    ...[10, 11].map((index) => [index, false, "unavailable"]),
  ]);
});

test("an update that was not answered at all throws", async () => {
  const { amazon } = scriptedAmazon(json({ code: "UNAUTHORIZED", message: "view only" }, 401));
  const update = amazon.dsp.updateAds({ ...input, changes: [{ adId: "1", state: "PAUSED" }] });
  expect((await update.catch((error: AmazonError) => error)) as AmazonError).toMatchObject({ kind: "unauthorized" });
});
