// Delivery by audience segment. An impression may count for several segments: their sum can be more than the campaign's.
import { breakdownReport, field } from "./breakdown";

export const audienceReport = breakdownReport({
  id: "audience",
  label: "Audience",
  columns: [
    "impressions",
    "clicks",
    "totalCost",
    "supplyCost",
    "audienceFee",
    "consoleFee",
    "detailPageViews",
    "addToCart",
    "purchases",
    "newToBrandPurchases",
    "offAmazonConversions",
    "brandSearches",
    "videoStarts",
    "videoCompletes",
  ],
  segment: [field("segmentId"), field("targetingMethod")],
  also: [field("segmentName"), field("segmentType"), field("segmentClassCode"), field("segmentSource")],
  dimensions: [
    { id: "audience", label: "Audience", by: ["targetingMethod", "segmentId"], name: "segmentName" },
    { id: "audienceType", label: "Audience type", by: ["segmentType"] },
  ],
  v3: { type: "dspAudience", groupBy: ["order"] },
  // The older report gives audiences as one sum over its range, without days (contracts 4.2).
  legacy: null,
});
