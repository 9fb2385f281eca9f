// Colours for pages. Those of charts are here; the product's own are shared with the server, which checks a brand's against them.
import type { Mode } from "#server/workspace/palette-contract";

export { type Mode, type Palette, palettes } from "#server/workspace/palette-contract";

/** Colour-blind safe, in a fixed order: the n-th brand or channel has the n-th colour on every page. */
export const series: Record<Mode, readonly string[]> = {
  light: ["#0b6e75", "#c2570c", "#4f46b8", "#a3195b", "#4d7c0f", "#0369a1", "#8a5c00", "#475569"],
  dark: ["#4fb8bf", "#f59e5b", "#a5a0f5", "#f28bb8", "#a3cf5f", "#6cb8ee", "#e0b04a", "#aab4c3"],
};
