// A real Chromium with a person's eyes: every console error, page error and CSP violation is kept for the test to judge.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Person } from "../../scripts/person";

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of since the visit began. */
  complaints: string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  url: string;
  /** Who is signed in. */
  as?: Person;
  width?: number;
  dark?: boolean;
  /** Whether scripts run, which is waited for. Default true. */
  scripts?: boolean;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--in-process-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Promise<Browser> | undefined;
let visitors = 0;

/** One browser for all who are there at the same time: the first starts it. */
function enter(): Promise<Browser> {
  visitors++;
  browser ??= chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: flags });
  return browser;
}

/** The last to leave closes it. */
async function leave(): Promise<void> {
  if (--visitors > 0) return;
  const left = browser;
  browser = undefined;
  await (await left)?.close();
}

/** A browser profile of its own, at the product's address. */
export async function visit({ url, as, width = 1360, dark = false, scripts = true }: VisitOptions): Promise<Visit> {
  const context = await (await enter()).newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  if (as) await context.addCookies(as.cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const complaints: string[] = [];
  // A page that is being left cuts the answers it was still reading, and so does a list asked anew: nobody sees that.
  let leaving = false;
  const complain = (text: string) => {
    const isCut = text.includes("AbortError") || (leaving && /network error|failed to fetch/i.test(text));
    if (!isCut) complaints.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") complain(message.text());
  });
  const goto = page.goto.bind(page);
  page.goto = async (...where) => {
    leaving = true;
    const response = await goto(...where);
    if (scripts) await becomesAlive(page);
    leaving = false;
    return response;
  };
  page.on("pageerror", (error) => complain(String(error)));
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      await leave();
    },
  };
}

/** Until React has taken the page over a button is there and does nothing: a person would press it again. */
export async function becomesAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const shown = document.querySelector("h1, main, form");
    const isOurs = document.querySelector('link[rel="modulepreload"]') !== null;
    return !isOurs || !shown || Object.keys(shown).some((key) => key.startsWith("__reactFiber"));
  });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe finds against WCAG 2.2 AA, one line a rule. */
export const accessibilityFaults = (page: Page): Promise<string[]> =>
  faultsOf(page, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);

/** Only what another mode can change: the same page was judged whole in the light. */
export const colourFaults = (page: Page): Promise<string[]> => faultsOf(page, ["color-contrast", "link-in-text-block"]);

/** A button that comes to life while axe looks changes its colour just then: a fault is one that is still there at a second look. */
async function faultsOf(page: Page, runOnly: string[]): Promise<string[]> {
  const faults = await faultsNow(page, runOnly);
  return faults.length > 0 ? faultsNow(page, runOnly) : faults;
}

async function faultsNow(page: Page, runOnly: string[]): Promise<string[]> {
  // Colours in passing are nobody's fault.
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map((one) => one.finished));
  });
  await page.evaluate(axeSource);
  const results = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: { run(where: object, options: object): Promise<AxeResults> } };
    // Rows of a table are alike: the first ones speak for them.
    const where = { include: [["html"]], exclude: [["tbody > tr:nth-child(n+9)"]] };
    return axe.run(where, { runOnly: only, resultTypes: ["violations"] });
  }, runOnly);
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
}

/** Words for ears alone that stand outside of what scrolls around them: far enough to the right, they make the page wide. */
export const strays = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (one: Element) =>
      one.scrollWidth > one.clientWidth && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const stray = (words: HTMLElement) => {
      for (let at = words.parentElement; at && at !== document.body; at = at.parentElement)
        if (scrolls(at)) return !at.contains(words.offsetParent);
      return false;
    };
    return [...document.querySelectorAll<HTMLElement>(".tm-unseen")]
      .filter(stray)
      .map(({ textContent }) => `${textContent}`);
  });

/** Pixels by which the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
