// The ways of the brand's ads that led to purchases, DSP and sponsored ads together. Amazon gives it without days.
import { breakdownReport, type Field, field } from "./breakdown";

const frequencies = [
  "amazonDspDisplayFrequency",
  "amazonDspOnlineVideoFrequency",
  "amazonDspStreamingTvFrequency",
  "amazonDspAudioFrequency",
  "sponsoredProductsFrequency",
  "sponsoredBrandsDisplayFrequency",
  "sponsoredBrandsVideoFrequency",
  "sponsoredDisplayFrequency",
  "sponsoredTvStreamingTvFrequency",
].map((v3): Field => ({ v3, kind: "decimal" }));

export const conversionPathReport = breakdownReport({
  id: "conversionPath",
  label: "Conversion paths",
  period: "month",
  entities: [],
  columns: ["purchases", "sales", "newToBrandPurchases", "newToBrandSales"],
  named: { newToBrandSales: "newToBrandSales" },
  segment: [field("brandName"), field("simplifiedPath")],
  also: frequencies,
  dimensions: [{ id: "path", label: "Path", by: ["simplifiedPath"] }],
  dayColumn: "startDate",
  v3: { type: "conversionPath", groupBy: ["brandConversionPath"], adProduct: "ALL", longestRange: 90 },
  legacy: null,
});
