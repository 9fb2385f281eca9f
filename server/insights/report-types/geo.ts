// Delivery by country, region, city, market area and postal code.
import { breakdownReport, deliveryColumns, field } from "./breakdown";

export const geoReport = breakdownReport({
  id: "geo",
  label: "Geography",
  columns: [...deliveryColumns, "totalPurchases", "totalUnitsSold"],
  segment: [
    field("country"),
    field("region"),
    field("city"),
    field("postalCode"),
    field("dmaCode", "designatedMarketAreaCode"),
  ],
  also: [field("dmaName", "designatedMarketAreaName")],
  dimensions: [
    { id: "country", label: "Country", by: ["country"] },
    { id: "region", label: "Region", by: ["country", "region"] },
    { id: "city", label: "City", by: ["country", "region", "city"] },
    { id: "dma", label: "Market area", by: ["dmaCode"], name: "dmaName" },
    { id: "postalCode", label: "Postal code", by: ["country", "postalCode"] },
  ],
  v3: { type: "dspGeo", groupBy: ["order", "country", "region", "city", "postalCode", "dma"] },
  legacy: {
    type: "GEOGRAPHY",
    groupBy: ["ORDER", "COUNTRY", "STATE_COUNTY_REGION", "CITY", "POSTAL_CODE", "DMA"],
  },
});
