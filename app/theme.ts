import { theme as antd, type ThemeConfig } from "antd";
import type { CSSProperties } from "react";
import type { BrandTheme } from "#server/workspace/contract";
import { mix } from "#server/workspace/contrast-contract";
import { accentTintOf, nearestAccent, onAccentOf } from "#server/workspace/theme-contract";
import { type Mode, type Palette, palettes } from "./palette";

/** What of a theme the drawing needs. */
export type Look = Pick<BrandTheme, "accent" | "radius">;

/** The palette of a mode with the brand's accent in it, moved only as far as AA contrast demands. */
export function paletteOf(brand: Look | null, mode: Mode): Palette {
  const base = palettes[mode];
  if (!brand || !isHexColour(brand.accent[mode])) return base;
  const accent = nearestAccent(brand.accent[mode], mode);
  return { ...base, accent, accentTint: accentTintOf(accent, mode), onAccent: onAccentOf(accent) };
}

const isHexColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value);

type Algorithm = Exclude<NonNullable<ThemeConfig["algorithm"]>, unknown[]>;

// Antd's algorithms shift the colours they are given; ours are already chosen, so they are put back as they were.
const keepOurColours: Algorithm = (seed, derived) => {
  const map = derived ?? antd.defaultAlgorithm(seed);
  return {
    ...map,
    colorPrimary: seed.colorPrimary,
    colorPrimaryText: seed.colorPrimary,
    colorPrimaryTextActive: seed.colorPrimary,
    colorLink: seed.colorPrimary,
    colorInfo: seed.colorInfo,
    colorInfoText: seed.colorInfo,
    colorSuccess: seed.colorSuccess,
    colorSuccessText: seed.colorSuccess,
    colorWarning: seed.colorWarning,
    colorWarningText: seed.colorWarning,
    colorError: seed.colorError,
    colorErrorText: seed.colorError,
  };
};

const algorithms = {
  light: [antd.defaultAlgorithm, keepOurColours],
  dark: [antd.darkAlgorithm, keepOurColours],
};

const signalTokens = (p: Palette) => ({
  colorPrimary: p.accent,
  colorInfo: p.accent,
  colorSuccess: p.ok,
  colorWarning: p.attention,
  colorError: p.problem,
  colorPrimaryBg: p.accentTint,
  colorInfoBg: p.accentTint,
  colorSuccessBg: p.okTint,
  colorWarningBg: p.attentionTint,
  colorErrorBg: p.problemTint,
  colorInfoBorder: mix(p.accent, p.surface, 0.35),
  colorSuccessBorder: mix(p.ok, p.surface, 0.35),
  colorWarningBorder: mix(p.attention, p.surface, 0.35),
  colorErrorBorder: mix(p.problem, p.surface, 0.35),
  colorPrimaryHover: mix(p.text, p.accent, 0.15),
  colorPrimaryActive: mix(p.text, p.accent, 0.3),
  colorLinkHover: mix(p.text, p.accent, 0.15),
  colorErrorHover: mix(p.text, p.problem, 0.15),
  colorErrorActive: mix(p.text, p.problem, 0.3),
});

const neutralTokens = (p: Palette) => ({
  colorBgContainer: p.surface,
  colorBgLayout: p.canvas,
  colorBgElevated: p.raised,
  colorText: p.text,
  colorTextSecondary: p.muted,
  colorTextTertiary: p.muted,
  colorTextDescription: p.muted,
  colorTextPlaceholder: p.muted,
  colorTextLabel: p.muted,
  colorIcon: p.muted,
  colorBorder: p.control,
  colorBorderSecondary: p.hairline,
  colorSplit: p.hairline,
  colorFillAlter: p.canvas,
  controlItemBgHover: p.hover,
  controlItemBgActive: p.accentTint,
  controlItemBgActiveHover: p.accentTint,
});

/** Antd's theme for a brand and a mode. The same input gives an equal object, so server and browser agree on class names. */
export function themeOf(brand: Look | null, mode: Mode): ThemeConfig {
  const p = paletteOf(brand, mode);
  return {
    cssVar: false,
    hashed: true,
    algorithm: algorithms[mode],
    token: {
      ...signalTokens(p),
      ...neutralTokens(p),
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontFamilyCode: '"JetBrains Mono Variable", ui-monospace, monospace',
      fontSize: 14,
      fontSizeSM: 12,
      fontWeightStrong: 600,
      borderRadius: brand?.radius ?? 6,
      controlHeight: 32,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.16s",
      boxShadowSecondary: "0 8px 24px rgb(9 14 24 / 0.16), 0 0 0 1px rgb(9 14 24 / 0.06)",
    },
    components: {
      Layout: { siderBg: p.surface, bodyBg: p.canvas, headerBg: p.surface },
      Button: {
        primaryColor: p.onAccent,
        fontWeight: 600,
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
      },
      Table: {
        cellFontSizeSM: 13,
        cellPaddingBlockSM: 7.5,
        cellPaddingInlineSM: 12,
        headerBg: p.surface,
        headerColor: p.muted,
        headerSortActiveBg: p.surface,
        headerSortHoverBg: p.hover,
        bodySortBg: p.surface,
        headerSplitColor: "transparent",
        rowHoverBg: p.hover,
        rowSelectedBg: p.accentTint,
        rowSelectedHoverBg: p.accentTint,
        borderColor: p.hairline,
      },
      Drawer: { colorBgElevated: p.surface },
      Tooltip: { colorBgSpotlight: mode === "light" ? "#16191f" : "#2b313b", colorTextLightSolid: "#ffffff" },
      Segmented: { trackBg: p.hover, itemSelectedBg: p.surface },
      Tabs: { itemColor: p.muted },
    },
  };
}

/** The palette as CSS variables (`--tm-surface`, ...), put on `<html>` so that a change of mode needs no new file. */
export function cssVariables(brand: Look | null, mode: Mode): CSSProperties {
  const entries = Object.entries(paletteOf(brand, mode)).map(([name, value]) => [
    `--tm-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
  return { ...Object.fromEntries(entries), "--tm-radius": `${brand?.radius ?? 6}px`, colorScheme: mode };
}
