// Updates answer 207 with a success and an error list by index, are not atomic, and take few items a request.
import { z } from "zod";
import { AmazonError, Unavailable, UnexpectedShape } from "../errors";
import { readShape } from "../json";
import { type Access, adsApiHeaders, apiUrl, type Wire } from "../wire";
import { Ad, AdGroup, type Budget, Campaign, type Flight } from "./entities";

/** Absent fields stay as they are; arrays replace. Amazon takes no currency in a budget it is sent. */
export interface CampaignChange {
  campaignId: string;
  state?: "ENABLED" | "PAUSED";
  name?: string;
  budgets?: Budget[];
  flights?: Flight[];
  optimizations?: object;
  frequencies?: object[];
  fees?: object[];
  purchaseOrderNumber?: string | null;
  tags?: { key: string; value?: string }[];
}

export interface AdGroupChange {
  adGroupId: string;
  state?: "ENABLED" | "PAUSED";
  name?: string;
  bid?: { baseBid?: number; maxAverageBid?: number | null };
  budgets?: Budget[];
  startDateTime?: string;
  endDateTime?: string;
  optimization?: object;
  pacing?: object;
  frequencies?: object[];
  fees?: object[];
  purchaseOrderNumber?: string | null;
  tags?: { key: string; value?: string }[];
}

export interface AdChange {
  adId: string;
  state?: "ENABLED" | "PAUSED";
  name?: string;
}

export interface UpdateEntities<C> extends Access {
  advertiserId: string;
  changes: C[];
}

export interface ItemError {
  code: string;
  message: string;
  /** As Amazon names it; its index counts within the batch that was sent. */
  fieldLocation?: string | null;
}

/** Every change is in exactly one list, under its index in `changes`. */
export interface UpdateOutcome<T> {
  success: { index: number; item: T }[];
  error: { index: number; errors: ItemError[] }[];
  /** No answer for these. Where one may have landed, read the entity again before sending it once more. */
  unanswered: { index: number; mayHaveLanded: boolean; cause: AmazonError }[];
  /** Amazon's id of the last request that was answered. */
  requestId?: string;
}

interface Resource<T> {
  list: "campaigns" | "adGroups" | "ads";
  one: "campaign" | "adGroup" | "ad";
  operation: string;
  item: z.ZodType<T>;
  /** Most items of one write (contracts 3.3). */
  max: number;
}

const ItemErrors = z.array(
  z.object({ code: z.string(), message: z.string().catch(""), fieldLocation: z.string().nullish() }),
);

const Success = z.looseObject({ index: z.int().nonnegative() });

const Answer = z.object({
  success: z.array(Success).nullish(),
  error: z.array(z.object({ index: z.int().nonnegative(), errors: ItemErrors })).nullish(),
});

interface Batch<C> {
  start: number;
  changes: C[];
}

/** The outcome of one batch, with indexes of the whole list. */
function sendBatch<C, T>(
  wire: Wire,
  resource: Resource<T>,
  { input, batch }: { input: UpdateEntities<C>; batch: Batch<C> },
): Promise<UpdateOutcome<T>> {
  const { region, accessToken, advertiserId, signal } = input;
  const { list, one, operation, item } = resource;
  const { start, changes } = batch;
  return wire.http.call(
    {
      region,
      operation,
      method: "POST",
      url: apiUrl(wire, region, `/adsApi/v1/update/${list}`),
      headers: adsApiHeaders(wire, accessToken, advertiserId),
      body: JSON.stringify({ [list]: changes }),
      signal,
    },
    ({ body, facts }) => {
      const answer = readShape(Answer, body, facts);
      const success = (answer.success ?? []).map((entry) => ({
        index: start + entry.index,
        item: readShape(item, entry[one], facts),
      }));
      const error = (answer.error ?? []).map((entry) => ({ index: start + entry.index, errors: entry.errors }));
      const told = new Set([...success, ...error].map((entry) => entry.index));
      const cause = new UnexpectedShape(facts, "success and error", "some items are in neither");
      const unanswered = changes
        .map((_, index) => ({ index: start + index, mayHaveLanded: true, cause }))
        .filter(({ index }) => !told.has(index));
      return { success, error, unanswered, requestId: facts.requestId };
    },
  );
}

/** Throws only when nothing was answered; later failures keep what was. */
async function update<C, T>(wire: Wire, resource: Resource<T>, input: UpdateEntities<C>): Promise<UpdateOutcome<T>> {
  const { changes } = input;
  const outcome: UpdateOutcome<T> = { success: [], error: [], unanswered: [] };
  for (let start = 0; start < changes.length; start += resource.max) {
    const batch = { start, changes: changes.slice(start, start + resource.max) };
    try {
      const part = await sendBatch(wire, resource, { input, batch });
      outcome.success.push(...part.success);
      outcome.error.push(...part.error);
      outcome.unanswered.push(...part.unanswered);
      outcome.requestId = part.requestId;
    } catch (cause) {
      if (start === 0 || !(cause instanceof AmazonError)) throw cause;
      const unclear = cause instanceof Unavailable || cause instanceof UnexpectedShape;
      for (let index = start; index < changes.length; index++) {
        outcome.unanswered.push({ index, mayHaveLanded: unclear && index < start + resource.max, cause });
      }
      return outcome;
    }
  }
  return outcome;
}

export function updateCampaigns(wire: Wire, input: UpdateEntities<CampaignChange>): Promise<UpdateOutcome<Campaign>> {
  const operation = "dsp.updateCampaigns";
  return update(wire, { list: "campaigns", one: "campaign", operation, item: Campaign, max: 5 }, input);
}

export function updateAdGroups(wire: Wire, input: UpdateEntities<AdGroupChange>): Promise<UpdateOutcome<AdGroup>> {
  const operation = "dsp.updateAdGroups";
  return update(wire, { list: "adGroups", one: "adGroup", operation, item: AdGroup, max: 20 }, input);
}

export function updateAds(wire: Wire, input: UpdateEntities<AdChange>): Promise<UpdateOutcome<Ad>> {
  return update(wire, { list: "ads", one: "ad", operation: "dsp.updateAds", item: Ad, max: 10 }, input);
}
