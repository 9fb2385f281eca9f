// Delivery by supply source and site.
import { sourceColumns } from "../metric";
import { breakdownReport, field } from "./breakdown";

export const inventoryReport = breakdownReport({
  id: "inventory",
  label: "Supply",
  columns: sourceColumns,
  segment: [field("supplySource", "supplySourceName"), field("site", "siteName")],
  dimensions: [
    { id: "supplySource", label: "Supply source", by: ["supplySource"] },
    { id: "site", label: "Site", by: ["supplySource", "site"] },
  ],
  v3: { type: "dspInventory", groupBy: ["supplySource", "site", "campaign"] },
  legacy: { type: "INVENTORY", groupBy: ["ORDER", "SUPPLY", "SITE"] },
});
