// Every colour of the product, but for the charts' (app/palette.ts). Antd's tokens, the CSS variables of styles.css and the check of a brand's colours are made from here.

export type Mode = "light" | "dark";

export interface Palette {
  surface: string;
  canvas: string;
  raised: string;
  hairline: string;
  control: string;
  text: string;
  muted: string;
  accent: string;
  onAccent: string;
  accentTint: string;
  ok: string;
  okTint: string;
  attention: string;
  attentionTint: string;
  problem: string;
  problemTint: string;
  hover: string;
}

export const palettes: Record<Mode, Palette> = {
  light: {
    surface: "#ffffff",
    canvas: "#f6f7f9",
    raised: "#ffffff",
    hairline: "#e4e7ec",
    control: "#868f9d",
    text: "#16191f",
    muted: "#5b6472",
    accent: "#0b6e75",
    onAccent: "#ffffff",
    accentTint: "#e6f2f3",
    ok: "#1a7f4b",
    okTint: "#eaf7f0",
    attention: "#9a6700",
    attentionTint: "#fff9ed",
    problem: "#b42318",
    problemTint: "#fdeeec",
    hover: "#f5f6f9",
  },
  dark: {
    surface: "#14171c",
    canvas: "#0e1014",
    raised: "#1a1e25",
    hairline: "#262b33",
    control: "#697382",
    text: "#e8eaee",
    muted: "#9aa4b2",
    accent: "#4fb8bf",
    onAccent: "#0e1014",
    accentTint: "#15292d",
    ok: "#4cc38a",
    okTint: "#14271f",
    attention: "#e0b04a",
    attentionTint: "#2a2314",
    problem: "#ff8f80",
    problemTint: "#2f1a1a",
    hover: "#1b1f26",
  },
};
