import { defineBreakdown } from "./breakdown";

export const marketArea = defineBreakdown({
  id: "market-area",
  title: "Market areas",
  question: "In which market areas (DMA) do the ads pay?",
  tags: ["geography"],
  dimensions: [
    {
      name: "dma_code",
      label: "Market area",
      unit: "text",
      description: "Code of a DMA; United States only.",
    },
  ],
  x: "dma_code",
  privacy: "A market area needs two users.",
  guide: `Set areas beside where the brand is sold or advertised otherwise: a local campaign shows here first.
The row without a code holds other countries and people whose place is unknown.`,
  groups: [
    { of: { dma_code: "501" }, users: 3, clicks: 1, purchases: 1 },
    { of: { dma_code: null }, users: 2, clicks: 0, purchases: 1 },
    { of: { dma_code: "803" }, users: 1, clicks: 0, purchases: 0 },
  ],
  expected: [
    ["501", 3, 3, 1, 0.03, 1, 10, 10 / 0.03],
    [null, 2, 2, 0, 0.02, 1, 10, 500],
  ],
});
