import { breakdownColumns, breakdownData, breakdownSql } from "./breakdown";
import { defineTemplate } from "./define";
import { campaigns } from "./parameters";

export const marketArea = defineTemplate({
  id: "market-area",
  title: "Market areas",
  question: "In which market areas (DMA) do the ads pay?",
  tags: ["geography"],
  parameters: [campaigns],
  sql: breakdownSql("dma_code"),
  columns: breakdownColumns({
    name: "dma_code",
    label: "Market area",
    unit: "text",
    description: "Code of a DMA; United States only.",
  }),
  chart: { kind: "bars", x: "dma_code", y: ["cost", "sales"] },
  privacy: "A market area needs two users.",
  guide: `Set areas beside where the brand is sold or advertised otherwise: a local campaign shows here first.
The row without a code holds other countries and people whose place is unknown.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: breakdownData([
      { of: { dma_code: "501" }, users: 3, clicks: 1, purchases: 1 },
      { of: { dma_code: null }, users: 2, clicks: 0, purchases: 1 },
      { of: { dma_code: "803" }, users: 1, clicks: 0, purchases: 0 },
    ]),
    expected: [
      ["501", 3, 3, 1, 0.03, 1, 10, 10 / 0.03],
      [null, 2, 2, 0, 0.02, 1, 10, 500],
    ],
  },
});
