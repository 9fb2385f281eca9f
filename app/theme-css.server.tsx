// Antd's styles as one cached file per (theme, mode), so that pages carry only a map of what the file holds (stack: 369 -> 54 KB).
import { createHash } from "node:crypto";
import { createCache, extractStyle, StyleProvider } from "@ant-design/cssinjs";
import { ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import type { BrandTheme } from "#server/workspace/contract";
import type { Mode } from "./palette";
import { themeOf } from "./theme";
import { EveryComponent } from "./theme-components.server";

type Cache = ReturnType<typeof createCache>;

interface Sheet {
  hash: string;
  css: string;
  cache: Cache;
  /** The keys of the cache that the file holds. */
  held: Set<string>;
  /** What a page carries inline, and the size of the cache it was made from. */
  inline: { size: number; css: string };
}

const PATH_MAP = ".data-ant-cssinjs-cache-path{";
/** Themes times modes kept at once; what was not used for longest goes first. */
const KEPT_SHEETS = 64;
const HASH_LENGTH = 20;

const sheets = new Map<string, Sheet>();

// Two brands that look the same share one.
const keyOf = (brand: BrandTheme | null, mode: Mode): string =>
  brand ? `${mode} ${brand.accent[mode]} ${brand.radius}` : mode;

// The map must come from the page alone: one in the file could override a fuller one.
const splitMap = (extracted: string): { css: string; map: string } => {
  const at = extracted.lastIndexOf(PATH_MAP);
  return at < 0 ? { css: extracted, map: "" } : { css: extracted.slice(0, at), map: extracted.slice(at) };
};

function build(brand: BrandTheme | null, mode: Mode): Sheet {
  const cache = createCache();
  renderToString(
    <StyleProvider cache={cache}>
      <ConfigProvider theme={themeOf(brand, mode)}>
        <EveryComponent />
      </ConfigProvider>
    </StyleProvider>,
  );
  const { css, map } = splitMap(extractStyle(cache, true));
  const hash = createHash("sha256").update(css).digest("hex").slice(0, HASH_LENGTH);
  const held = new Set(cache.cache.keys());
  return { hash, css, cache, held, inline: { size: held.size, css: map } };
}

function sheetOf(brand: BrandTheme | null, mode: Mode): Sheet {
  const key = keyOf(brand, mode);
  const known = sheets.get(key);
  sheets.delete(key);
  const made = known ?? build(brand, mode);
  sheets.set(key, made);
  const oldest = sheets.keys().next().value;
  if (sheets.size > KEPT_SHEETS && oldest !== undefined) sheets.delete(oldest);
  return made;
}

/** Names the version of the theme too: a process that has not drawn it yet can find it by that. */
export const sheetHref = (brand: BrandTheme | null, mode: Mode): string =>
  `/theme/${sheetOf(brand, mode).hash}.css${brand ? `?of=${brand.version}` : ""}`;

/** Renders a theme, the product's own if none is given, so that its first visitor does not wait for it. */
export function warmSheets(brand: BrandTheme | null = null): void {
  sheetOf(brand, "light");
  sheetOf(brand, "dark");
}

/** The file with this hash. A process that has not drawn `brand` yet, such as one just started, draws it first. */
export function themeSheet(hash: string, brand: BrandTheme | null): string | null {
  const find = () => [...sheets.values()].find((sheet) => sheet.hash === hash)?.css;
  const known = find();
  if (known !== undefined) return known;
  warmSheets(brand);
  return find() ?? null;
}

/** Styles that pages use but the file lacks, and the map of both. Made anew only when a page adds a style. */
function inlineOf(sheet: Sheet): string {
  const { cache, held, inline } = sheet;
  if (cache.cache.size === inline.size) return inline.css;
  const extra = createCache();
  for (const [key, value] of cache.cache) if (!held.has(key)) extra.cache.set(key, value);
  const css = splitMap(extractStyle(extra, true)).css + splitMap(extractStyle(cache, true)).map;
  sheet.inline = { size: cache.cache.size, css };
  return css;
}

/** Wraps a page for rendering; `inlineCss` is asked for once the page is rendered. */
export function styledPage(brand: BrandTheme | null, mode: Mode, page: ReactNode) {
  const sheet = sheetOf(brand, mode);
  return {
    element: <StyleProvider cache={sheet.cache}>{page}</StyleProvider>,
    inlineCss: () => inlineOf(sheet),
  };
}
