import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const postalCode = defineTemplate({
  id: "postal-code",
  title: "Postal codes",
  question: "In which postal codes do the ads pay?",
  tags: ["geography"],
  parameters: [campaigns],
  sql: breakdownSql("postal_code"),
  columns: breakdownColumns({ name: "postal_code", label: "Postal code", unit: "text" }),
  chart: { kind: "bars", x: "postal_code", y: ["cost", "sales"] },
  privacy: "A postal code needs 100 users: choose a long window, all campaigns, or regions instead.",
  guide: `Only codes with many users are seen; their sum is far below the whole. Use it to find dense places, not to add up.
AMC lets no query ask for one code by name.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { postal_code: "98101" }, users: 120, clicks: 3, purchases: 6 },
      { of: { postal_code: "10001" }, users: 100, clicks: 0, purchases: 0 },
      { of: { postal_code: "60601" }, users: 99, clicks: 9, purchases: 9 },
    ]),
    expected: [
      ["98101", 120, 120, 3, 1.2, 6, 60, 50],
      ["10001", 100, 100, 0, 1, 0, 0, 0],
    ],
  },
});
