import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const browser = defineTemplate({
  id: "browser",
  title: "Browsers and operating systems",
  question: "In which browsers and on which systems do the ads work?",
  tags: ["technology"],
  parameters: [campaigns],
  sql: breakdownSql("browser_family, operating_system"),
  columns: breakdownColumns(
    { name: "browser_family", label: "Browser", unit: "text" },
    { name: "operating_system", label: "System", unit: "text" },
  ),
  chart: { kind: "bars", x: "browser_family", y: ["cost", "sales"] },
  privacy: "A browser on a system needs two users.",
  guide: `Where people can hardly be recognised from visit to visit, fewer purchases can be credited:
a low number there is partly a matter of measurement.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { browser_family: "Chrome", operating_system: "Windows" }, users: 4, clicks: 2, purchases: 1 },
      { of: { browser_family: "Safari", operating_system: "iOS" }, users: 4, clicks: 1, purchases: 0 },
      { of: { browser_family: "Firefox", operating_system: "Linux" }, users: 1, clicks: 1, purchases: 1 },
    ]),
    expected: [
      ["Chrome", "Windows", 4, 4, 2, 0.04, 1, 10, 250],
      ["Safari", "iOS", 4, 4, 1, 0.04, 0, 0, 0],
    ],
  },
});
