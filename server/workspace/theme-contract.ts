// What a brand may change of the look: colours, radius, logo and words, never the layout, the scale or the meaning of a signal.
import { z } from "zod";
import { contrastOf, mix } from "./contrast-contract";
import { type Mode, palettes } from "./palette-contract";

export const PRODUCT_NAME = "Tidemark";
/** The theme of the agency itself, which brands without one of their own inherit. */
export const AGENCY_THEME = "agency";

const Colour = z.string().regex(/^#[0-9a-f]{6}$/, { error: "Give a colour as #rrggbb." });
const ImageId = z.string().regex(/^[0-9a-f]{64}$/, { error: "Upload the logo again." });
const Words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, { error: `Use at most ${most} characters.` })
    .regex(/^[^\p{Cc}]*$/u, { error: "Use one line, without control characters." });
const Name = Words(60).min(1, { error: "Give a name, or leave it to the default." });

export const ThemeSettings = z.strictObject({
  /** What the product calls itself to people of the brand; null: Tidemark. */
  productName: Name.nullable(),
  /** For action and selection, on light and on dark surfaces. */
  accent: z.strictObject({ light: Colour, dark: Colour }),
  /** Corner radius in px. */
  radius: z.int().min(0, { error: "From 0 to 12 px." }).max(12, { error: "From 0 to 12 px." }),
  /** Ids of re-encoded images; the one for dark surfaces falls back to the other. */
  logo: z.strictObject({ light: ImageId.nullable(), dark: ImageId.nullable() }),
  /** Name that mails are sent under; null: the installation's. */
  mailSender: Name.nullable(),
  /** Under exports and mails. */
  footer: Words(200),
});
export type ThemeSettings = z.infer<typeof ThemeSettings>;

export const defaultSettings: ThemeSettings = {
  productName: null,
  accent: { light: palettes.light.accent, dark: palettes.dark.accent },
  radius: 6,
  logo: { light: null, dark: null },
  mailSender: null,
  footer: "",
};

/** WCAG 2.2 AA for text. */
export const neededContrast = 4.5;

export interface ColourPair {
  /** Where the two meet. */
  where: string;
  ratio: number;
}

export const accentTintOf = (accent: string, mode: Mode): string =>
  mix(accent, palettes[mode].surface, mode === "light" ? 0.09 : 0.14);

/** What is readable on a button of this colour. */
export const onAccentOf = (accent: string): string =>
  contrastOf("#ffffff", accent) >= neededContrast ? "#ffffff" : "#0e1014";

/** Every pair of colours in which an accent carries words. */
export function accentPairs(accent: string, mode: Mode): ColourPair[] {
  const p = palettes[mode];
  return [
    { where: "Links on cards and tables", ratio: contrastOf(accent, p.surface) },
    { where: "Links on the page", ratio: contrastOf(accent, p.canvas) },
    { where: "Links on menus", ratio: contrastOf(accent, p.raised) },
    { where: "Links on a row under the pointer", ratio: contrastOf(accent, p.hover) },
    { where: "Words on their own tint (selection)", ratio: contrastOf(accent, accentTintOf(accent, mode)) },
    { where: "Words on the main button", ratio: contrastOf(onAccentOf(accent), accent) },
  ];
}

export const failingPairs = (accent: string, mode: Mode): ColourPair[] =>
  accentPairs(accent, mode).filter(({ ratio }) => ratio < neededContrast);

const STEPS = 100;

/** The colour nearest to `accent`, made darker (in light mode) or lighter, that fails nowhere. */
export function nearestAccent(accent: string, mode: Mode): string {
  const towards = mode === "light" ? "#000000" : "#ffffff";
  for (let step = 0; step < STEPS; step += 1) {
    const candidate = mix(towards, accent, step / STEPS);
    if (failingPairs(candidate, mode).length === 0) return candidate;
  }
  return towards;
}

/** Rounded down, so that a failing pair never reads as a passing one. */
export const ratioWords = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;

/** What is wrong with the colours, by field; empty where nothing is. */
export function contrastFaults({ accent }: Pick<ThemeSettings, "accent">): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const mode of ["light", "dark"] as const) {
    const [worst] = failingPairs(accent[mode], mode).sort((a, b) => a.ratio - b.ratio);
    if (worst) {
      faults[`settings.accent.${mode}`] =
        `${accent[mode]} has ${ratioWords(worst.ratio)} (${worst.where.toLowerCase()}); ${neededContrast}:1 is needed. The nearest that passes is ${nearestAccent(accent[mode], mode)}.`;
    }
  }
  return faults;
}

const Version = z.object({
  /** Counts the published versions of one theme. */
  number: z.int(),
  settings: ThemeSettings,
  publishedAt: z.iso.datetime(),
  /** Who published it. */
  by: z.string(),
  /** Whether it is in force. */
  current: z.boolean(),
});
export type ThemeVersion = z.infer<typeof Version>;

export const Theme = z.object({
  /** The brand's id, or `agency`. */
  id: z.string(),
  /** The brand's name, or the agency's. */
  name: z.string(),
  published: Version.nullable(),
  draft: z
    .object({ settings: ThemeSettings, changedAt: z.iso.datetime(), by: z.string(), version: z.int() })
    .nullable(),
  /** What people see: its own published version, else the agency's, else the product's. */
  inForce: ThemeSettings,
  /** Whose settings these are. */
  from: z.enum(["own", "agency", "product"]),
  /** Published versions, newest first; only where one theme is asked for. */
  history: z.array(Version).optional(),
});
export type Theme = z.infer<typeof Theme>;

const id = z.string().min(1).max(60);

/** `version`: of the draft that was seen; 0 where there was none. */
export const ThemeSave = z.strictObject({ id, settings: ThemeSettings, version: z.int() });
export const ThemeMove = z.strictObject({ id });
export const ThemePublish = z.strictObject({ id, version: z.int() });
export const ThemeRollBack = z.strictObject({ id, number: z.int().min(1) });

export const logoUrl = (imageId: string): string => `/logos/${imageId}.png`;

/** A logo before it is re-encoded. */
export const mostLogoBytes = 1024 * 1024;

const dataUrl = z
  .string()
  .startsWith("data:image/png;base64,")
  .max(2 * mostLogoBytes);

/** What export writes and import reads: the logos travel with it. */
export const ThemeFile = z.strictObject({
  tidemarkTheme: z.literal(1),
  settings: ThemeSettings.omit({ logo: true }),
  logo: z.strictObject({ light: dataUrl.nullable(), dark: dataUrl.nullable() }),
});
export type ThemeFile = z.infer<typeof ThemeFile>;

/** The first page of an export, in what the brand looks like. Paper is light. */
export interface ExportCover {
  title: string;
  /** What it is about, under the title. */
  subtitle: string;
  productName: string;
  accent: string;
  onAccent: string;
  ink: string;
  muted: string;
  paper: string;
  /** In px at 96 dpi. */
  radius: number;
  footer: string;
  logoId: string | null;
}

export function coverOf(
  settings: ThemeSettings,
  { title, subtitle }: { title: string; subtitle: string },
): ExportCover {
  const { text, muted, surface } = palettes.light;
  const accent = nearestAccent(settings.accent.light, "light");
  return {
    title,
    subtitle,
    productName: settings.productName ?? PRODUCT_NAME,
    accent,
    onAccent: onAccentOf(accent),
    ink: text,
    muted,
    paper: surface,
    radius: settings.radius,
    footer: settings.footer,
    logoId: settings.logo.light,
  };
}
