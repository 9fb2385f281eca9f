import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const device = defineTemplate({
  id: "device",
  title: "Devices",
  question: "On which devices do the ads work?",
  tags: ["technology"],
  parameters: [campaigns],
  sql: breakdownSql("device_type, environment_type"),
  columns: breakdownColumns(
    { name: "device_type", label: "Device", unit: "text" },
    { name: "environment_type", label: "Environment", unit: "text" },
  ),
  chart: { kind: "bars", x: "device_type", y: ["cost", "sales"] },
  privacy: "A device in an environment needs two users.",
  guide: `The device is that of the ad, not of the purchase. Televisions get no clicks and are bought from later, elsewhere:
judge them by the question of overlap, not by sales for one of cost.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { device_type: "Phone", environment_type: "App" }, users: 5, clicks: 1, purchases: 1 },
      { of: { device_type: "Connected TV", environment_type: "App" }, users: 2, clicks: 0, purchases: 0 },
      { of: { device_type: "Phone", environment_type: "Web" }, users: 1, clicks: 1, purchases: 0 },
    ]),
    expected: [
      ["Phone", "App", 5, 5, 1, 0.05, 1, 10, 200],
      ["Connected TV", "App", 2, 2, 0, 0.02, 0, 0, 0],
    ],
  },
});
