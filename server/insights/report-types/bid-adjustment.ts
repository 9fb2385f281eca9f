// Bids that rules adjusted, by rule and by the terms that matched. Amazon reports neither cost nor impressions by rule.
import { breakdownReport, field } from "./breakdown";

export const bidAdjustmentReport = breakdownReport({
  id: "bidAdjustment",
  label: "Bid adjustments",
  settle: "traffic",
  entities: ["order", "lineItem"],
  columns: [],
  currency: false,
  segment: [field("bidAdjustmentRuleId"), field("bidAdjustmentMatchedTermIds"), field("bidAdjustmentMatchedTerms")],
  also: [
    field("bidAdjustmentRule"),
    { v3: "bidAdjustment", kind: "decimal" },
    { v3: "bids", kind: "count" },
    { v3: "winRate", kind: "decimal" },
    { v3: "matchRate", kind: "decimal" },
  ],
  v3: {
    type: "dspBidAdjustment",
    groupBy: ["bidAdjustmentRule", "bidAdjustmentMatchedTerms"],
    retention: 395,
  },
  legacy: null,
});
