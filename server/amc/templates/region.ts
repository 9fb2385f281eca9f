import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const region = defineTemplate({
  id: "region",
  title: "Countries and regions",
  question: "In which regions do the ads pay?",
  tags: ["geography"],
  parameters: [campaigns],
  sql: breakdownSql("iso_country_code, iso_state_province_code"),
  columns: breakdownColumns(
    { name: "iso_country_code", label: "Country", unit: "text" },
    { name: "iso_state_province_code", label: "Region", unit: "text" },
  ),
  chart: { kind: "bars", x: "iso_state_province_code", y: ["cost", "sales"] },
  privacy: "A region needs two users.",
  guide: `A place is where the ad was seen. Regions differ in size: compare sales for one of cost, not sales.
Test a regional budget before you shift much; small regions swing by chance.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { iso_country_code: "US", iso_state_province_code: "US-CA" }, users: 4, clicks: 2, purchases: 2 },
      { of: { iso_country_code: "US", iso_state_province_code: "US-NY" }, users: 2, clicks: 0, purchases: 0 },
      { of: { iso_country_code: "CA", iso_state_province_code: "CA-ON" }, users: 1, clicks: 1, purchases: 1 },
    ]),
    expected: [
      ["US", "US-CA", 4, 4, 2, 0.04, 2, 20, 500],
      ["US", "US-NY", 2, 2, 0, 0.02, 0, 0, 0],
    ],
  },
});
