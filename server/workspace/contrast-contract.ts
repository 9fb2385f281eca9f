// WCAG 2.2 contrast arithmetic on `#rrggbb` colours.

type Rgb = readonly [number, number, number];

const rgbOf = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const hexOf = (rgb: Rgb): string =>
  `#${rgb
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

const luminanceOf = (hex: string): number => {
  const [r, g, b] = rgbOf(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** 1 (same) to 21 (black on white). */
export function contrastOf(a: string, b: string): number {
  const [light, dark] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of `over` painted on `under`. */
export function mix(over: string, under: string, share: number): string {
  const top = rgbOf(over);
  const bottom = rgbOf(under);
  return hexOf([0, 1, 2].map((i) => (top[i] ?? 0) * share + (bottom[i] ?? 0) * (1 - share)) as unknown as Rgb);
}
