import type { AppLoadContext } from "@remix-run/node";
import type { BrandTheme, Viewer } from "#server/workspace/contract";
import { cookieOf, type ModeChoice, modeChoiceOf, modeOf, RAIL_COOKIE } from "./mode";
import type { Mode } from "./palette";
import { activeBrandOf } from "./shell/place";
import { sheetHref } from "./theme-css.server";

export interface RootData {
  mode: Mode;
  choice: ModeChoice;
  locale: string;
  /** The server's moment of rendering, ISO. */
  now: string;
  sheet: string;
  theme: BrandTheme | null;
  rail: "wide" | "narrow";
}

const DEFAULT_LOCALE = "en-GB";

/** The first language the browser asks for that numbers and dates can be printed in. */
export function localeOf(request: Request): string {
  const asked = (request.headers.get("accept-language") ?? "")
    .split(",")
    .map((part) => part.split(";")[0]?.trim() ?? "");
  for (const tag of asked) {
    try {
      const [known] = Intl.NumberFormat.supportedLocalesOf([tag]);
      if (known) return known;
    } catch {
      // Not a language tag.
    }
  }
  return DEFAULT_LOCALE;
}

/** The viewer, or null when there is none or the database is away: the page's frame must show in any case. */
export async function viewerOrNobody(context: AppLoadContext): Promise<Viewer | null> {
  try {
    return await context.viewer();
  } catch {
    return null;
  }
}

/** The look of the brand in view; the product's own where none is chosen, or the database is away. */
async function themeOrNone(request: Request, context: AppLoadContext): Promise<BrandTheme | null> {
  const { pathname, searchParams } = new URL(request.url);
  return context.look.theme(activeBrandOf(pathname, searchParams)).catch(() => null);
}

export async function loadRoot(request: Request, context: AppLoadContext): Promise<RootData> {
  const mode = modeOf(request);
  const theme = await themeOrNone(request, context);
  return {
    mode,
    choice: modeChoiceOf(request),
    locale: localeOf(request),
    now: new Date().toISOString(),
    sheet: sheetHref(theme, mode),
    theme,
    rail: cookieOf(request, RAIL_COOKIE) === "narrow" ? "narrow" : "wide",
  };
}
