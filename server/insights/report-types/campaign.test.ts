import fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../amazon";
import { CampaignRow, campaignReport } from "./campaign";
import { BadRow } from "./define";

const text = fc.oneof(fc.string(), fc.constant(""), fc.constant(null), fc.constant(undefined));
const odd = fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant({}), fc.constant([]), fc.constant(null));
/** Mostly what Amazon sends, so that whole rows fit often. */
const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
const id = mostly(fc.stringMatching(/^\d{1,20}$/), fc.oneof(fc.string(), odd));
const day = mostly(fc.stringMatching(/^\d{4}-\d{2}-\d{2}$/), fc.oneof(fc.string(), odd));
const described = mostly(text, odd);
const row = fc.record(
  {
    date: day,
    orderId: id,
    lineItemId: id,
    creativeId: id,
    orderCurrency: described,
    creativeName: described,
    creativeType: described,
    creativeSize: described,
    impressions: fc.oneof(fc.nat(), fc.string()),
  },
  { requiredKeys: ["date", "orderId", "lineItemId", "creativeId"] },
);

test("a row is read as its schema reads it, whichever way is taken", () => {
  let fitting = 0;
  fc.assert(
    fc.property(row, (given) => {
      const expected = CampaignRow.safeParse(given);
      const read = () => campaignReport.read(given as Row);
      if (expected.success) fitting++;
      if (expected.success) expect(read()).toEqual(expected.data);
      else expect(read).toThrow(BadRow);
    }),
    { numRuns: 1_000 },
  );
  expect(fitting).toBeGreaterThan(100);
});
