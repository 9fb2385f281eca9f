import type { Mode } from "./palette";

export type ModeChoice = Mode | "system";

const MODE_COOKIE = "tm-mode";
/** Set by the browser when it cannot send `Sec-CH-Prefers-Color-Scheme`. */
export const SCHEME_COOKIE = "tm-scheme";
export const RAIL_COOKIE = "tm-rail";

const YEAR_SECONDS = 31_536_000;

export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([key]) => key === name)?.[1];
}

export const isModeChoice = (value: unknown): value is ModeChoice =>
  value === "light" || value === "dark" || value === "system";

export function modeChoiceOf(request: Request): ModeChoice {
  const value = cookieOf(request, MODE_COOKIE);
  return isModeChoice(value) ? value : "system";
}

/** The mode to draw: the person's choice, else what their system says, else light. */
export function modeOf(request: Request): Mode {
  const choice = modeChoiceOf(request);
  if (choice !== "system") return choice;
  const hinted = request.headers.get("sec-ch-prefers-color-scheme") ?? cookieOf(request, SCHEME_COOKIE);
  return hinted === "dark" ? "dark" : "light";
}

export const preferenceCookie = (name: string, value: string): string =>
  `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;

export const modeCookie = (choice: ModeChoice): string => preferenceCookie(MODE_COOKIE, choice);
