import { expect, test } from "vitest";
import { contrastOf, mix } from "#server/workspace/contrast-contract";
import { failingPairs, nearestAccent } from "#server/workspace/theme-contract";
import { type Mode, type Palette, palettes, series } from "./palette";
import { paletteOf } from "./theme";

const modes: Mode[] = ["light", "dark"];
const inks = ["text", "muted", "accent", "ok", "attention", "problem"] as const satisfies (keyof Palette)[];
const grounds = ["surface", "canvas", "raised", "hover"] as const satisfies (keyof Palette)[];
const tints = { accent: "accentTint", ok: "okTint", attention: "attentionTint", problem: "problemTint" } as const;

for (const mode of modes) {
  const p = palettes[mode];
  test(`every text colour is readable on every ground in ${mode} mode`, () => {
    for (const ink of inks)
      for (const ground of grounds)
        expect(contrastOf(p[ink], p[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  test(`every signal is readable on its own tint in ${mode} mode`, () => {
    for (const [ink, tint] of Object.entries(tints)) {
      expect(contrastOf(p[ink as keyof Palette], p[tint]), `${ink} on ${tint}`).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(p.text, p[tint]), `text on ${tint}`).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(p.muted, p[tint]), `muted on ${tint}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test(`buttons, control borders and chart series stand out in ${mode} mode`, () => {
    expect(contrastOf(p.onAccent, p.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(p.onAccent, mix(p.text, p.accent, 0.3))).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(p.onAccent, mix(p.text, p.problem, 0.3))).toBeGreaterThanOrEqual(4.5);
    for (const ground of ["surface", "raised"] as const)
      expect(contrastOf(p.control, p[ground])).toBeGreaterThanOrEqual(3);
    for (const colour of series[mode]) expect(contrastOf(colour, p.surface), colour).toBeGreaterThanOrEqual(3);
  });

  test(`a brand's accent is corrected until it is readable in ${mode} mode`, () => {
    for (const accent of ["#ffff00", "#000000", "#ffffff", "#ff0000", "#808080", "#0b6e75", "#FF9900"]) {
      const own = paletteOf({ accent: { light: accent, dark: accent }, radius: 6 }, mode);
      for (const ground of grounds) expect(contrastOf(own.accent, own[ground]), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(own.accent, own.accentTint), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(own.onAccent, own.accent), accent).toBeGreaterThanOrEqual(4.5);
    }
  });
}

test("a colour that is not a colour leaves the product's own accent", () => {
  expect(paletteOf({ accent: { light: "url(x)", dark: "url(x)" }, radius: 6 }, "light").accent).toBe(
    palettes.light.accent,
  );
});

test("a colour that passes is left as it is; one that fails is told, and moved to the nearest that passes", () => {
  expect(failingPairs("#7a1fa2", "light")).toEqual([]);
  expect(nearestAccent("#7a1fa2", "light")).toBe("#7a1fa2");
  expect(failingPairs("#ff9900", "light").map(({ where }) => where)).toContain("Links on the page");
  expect(failingPairs(nearestAccent("#ff9900", "light"), "light")).toEqual([]);
  expect(failingPairs("#7a1fa2", "dark").length).toBeGreaterThan(0);
  for (const mode of modes) expect(failingPairs(palettes[mode].accent, mode)).toEqual([]);
});
