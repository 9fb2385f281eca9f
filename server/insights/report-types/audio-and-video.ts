// Impressions by the film, series or programme they ran in. Amazon gives it without days.
import { breakdownReport, field } from "./breakdown";

export const audioAndVideoReport = breakdownReport({
  id: "audioAndVideo",
  label: "Audio and video content",
  period: "month",
  settle: "traffic",
  columns: ["impressions"],
  currency: false,
  segment: [
    field("supplySourceId"),
    field("contentTitle"),
    field("contentType"),
    field("contentGenre"),
    field("contentRating"),
  ],
  also: [
    field("supplySource"),
    { v3: "grossImpressions", kind: "count" },
    { v3: "invalidImpressions", kind: "count" },
    { v3: "costPerThousandImpressions", kind: "decimal" },
  ],
  dimensions: [
    { id: "content", label: "Content", by: ["contentType", "contentTitle"] },
    { id: "contentGenre", label: "Genre", by: ["contentGenre"] },
  ],
  dayColumn: "intervalStart",
  v3: {
    type: "dspAudioAndVideo",
    groupBy: ["campaign", "supplySource", "content"],
    longestRange: 395,
    retention: 395,
  },
  legacy: null,
});
