// Where a number comes from, by keyboard alone: from the wall to the rows behind it; then the same brand on a phone, as a client in a look of
// their own who may not see money.
import { mkdirSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../scripts/person";
import { addDays } from "../../server/insights/date-range";
import { until } from "../support/until";
import { type Agency, anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

let agency: Agency;
let guest: Visit;
let brandId = "";

const brandName = "Coastal Coffee";
const accent = "#7a1fa2";
const password = "a calm sea at noon";
const note = "Shelf price lowered for the holidays";
const teamNote = "Coffee week begins";
/** On a machine that does other things too. */
const busy = 300_000;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, { page } = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/drill-${name}.png`, fullPage: true });
};

beforeAll(async () => {
  agency = await anAgency();
  const { url, owner } = agency;
  await owner.connectAmazon("NA");
  const found = () => owner.api<{ id: string }[]>("GET", "accounts?kind=dsp_advertiser&_start=0&_end=50");
  await until(async () => (await found()).length > 0, 60_000);
  brandId = (await owner.api<{ id: string }>("POST", "brands", { name: brandName })).id;
  const accountIds = (await found()).map(({ id }) => id);
  await owner.api("POST", "accounts/assign", { accountIds, brandId });
  const hasRows = async () => (await owner.api<object[]>("GET", `fact-totals?brandId=${brandId}`)).length > 0;
  await until(hasRows, 120_000);
  guest = await visit({ url, as: owner });
}, 240_000);

afterAll(() => guest?.close());

/** Presses Tab until the focus is there, as somebody without a mouse does. @returns how often */
async function tabTo(page: Page, wanted: Locator): Promise<number> {
  // The input of a switch is there for the keyboard alone.
  await wanted.first().waitFor({ state: "attached" });
  const element = await wanted.first().elementHandle();
  const isThere = () => page.evaluate((one) => one === document.activeElement, element);
  let steps = 0;
  for (; steps < 400 && !(await isThere()); steps++) await page.keyboard.press("Tab");
  expect([String(wanted), await isThere()]).toEqual([String(wanted), true]);
  return steps;
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

/** Opens what the button opens and goes to something in it, which comes next for the keyboard too. */
async function pressWithin(page: Page, button: Locator, wanted: Locator): Promise<void> {
  await press(page, button);
  expect(await tabTo(page, wanted)).toBeLessThan(30);
}

const heading = (page: Page, level: number, name: string | RegExp) => page.getByRole("heading", { level, name });

test(
  "by keyboard alone: wall, brand, comparison, level, an earlier moment, a note, campaign, ad group, rows",
  async () => {
    const { page } = guest;
    await page.goto("/brands");
    await press(page, page.getByRole("link", { name: brandName }));
    await heading(page, 1, brandName).waitFor();
    await heading(page, 2, "Campaigns").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);

    const days = page.getByRole("button", { name: /^calendar/ });
    await pressWithin(page, days, page.getByRole("radio", { name: /just before/ }));
    await page.keyboard.press("ArrowDown");
    await until(async () => new URL(page.url()).searchParams.get("compare") === "year");
    await page.keyboard.press("Escape");

    await tabTo(page, page.getByRole("radio", { name: "Campaigns" }));
    await page.keyboard.press("ArrowRight");
    await heading(page, 2, "Ad groups").waitFor();
    await page.keyboard.press("ArrowLeft");
    await heading(page, 2, "Campaigns").waitFor();

    const earlier = page.getByRole("button", { name: "See the numbers as of an earlier moment" });
    await pressWithin(page, earlier, page.getByRole("button", { name: "A day ago" }));
    await page.keyboard.press("Enter");
    const line = page.getByRole("region", { name: "As of" });
    await line.getByText("The numbers as they stood on").waitFor();
    await press(page, line.getByRole("button", { name: "Back to now" }));
    await line.waitFor({ state: "detached" });

    await press(page, page.getByRole("button", { name: "Add a note" }));
    const drawer = page.getByRole("dialog");
    await tabTo(page, drawer.locator("textarea"));
    await page.keyboard.type(note);
    await press(page, drawer.getByRole("button", { name: "Add note" }));
    await page.getByText("Note added").waitFor();
    await page.getByText(note).first().waitFor();
    await picture("brand");

    for (const place of ["campaign", "ad-group"]) {
      const row = page.locator("tbody a.tm-row-name").first();
      const name = await row.innerText();
      await press(page, row);
      await heading(page, 1, name).waitFor();
      expect([place, new URL(page.url()).searchParams.get("compare")]).toEqual([place, "year"]);
    }
    await press(page, page.getByRole("link", { name: "Spend" }));
    await heading(page, 1, "Rows behind Spend").waitFor();
    await page.getByText(/from \d[\d,.]* rows?/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture("rows");
    expect(guest.complaints).toEqual([]);
  },
  busy,
);

/** A client of the brand alone, by a role that shows no money, with the brand's own look in force. */
async function aClient(): Promise<Person> {
  const { owner, url } = agency;
  const { inForce } = await owner.api<{ inForce: object }>("GET", `themes/${brandId}`);
  const settings = { ...inForce, accent: { light: accent, dark: "#d6a5f0" }, productName: "Coastal Desk" };
  await owner.api("PATCH", `themes/${brandId}`, { settings, version: 0 });
  await owner.api("POST", `themes/${brandId}/publish`, { version: 1 });
  const permissions = ["brands.read", "campaigns.read", "insights.read"];
  const role = await owner.api<{ id: string }>("POST", "roles", { name: "Client without money", permissions });
  const asked = { email: "client@coastal.example", name: "Cleo Client", role: role.id, brandIds: [brandId] };
  const { link } = await owner.api<{ link: string }>("POST", "invitations", asked);
  const client = new Person(url);
  await client.post(new URL(link).pathname, { name: "Cleo Client", password });
  await client.signIn(asked.email, password);
  return client;
}

test(
  "a client sees the brand in its look from the first byte, on a phone, with every number but money, down to the rows",
  async () => {
    const client = await aClient();
    const day = addDays(new Date().toISOString().slice(0, 10), -2);
    await agency.owner.api("POST", "annotations", { brandId, text: teamNote, from: day, to: day });
    const first = await (await client.get(`/brands/${brandId}`)).text();
    expect(first).toContain(`--tm-accent:${accent}`);
    expect(first).toContain("Coastal Desk");
    expect(first).toContain("Your role does not show money here");
    const visited = await visit({ url: agency.url, as: client, width: 390 });
    try {
      const { page } = visited;
      await page.goto(`/brands/${brandId}`);
      await heading(page, 1, brandName).waitFor();
      // Their own numbers' notes are read by clients, and written by the team.
      await page.getByText(teamNote).first().waitFor();
      expect(await page.getByRole("button", { name: "Add a note" }).count()).toBe(0);
      const shown = await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue("--tm-accent"),
      );
      expect(shown.trim()).toBe(accent);
      expect(await page.getByRole("link", { name: "Spend", exact: true }).count()).toBe(0);
      await page.getByRole("link", { name: "Impressions", exact: true }).first().waitFor();
      await fitsAndIsClean(page);
      await picture("client-brand", visited);

      const row = page.locator("tbody a.tm-row-name").first();
      const name = await row.innerText();
      await press(page, row);
      await heading(page, 1, name).waitFor();
      await fitsAndIsClean(page);
      await press(page, page.getByRole("link", { name: "Impressions", exact: true }));
      await heading(page, 1, "Rows behind Impressions").waitFor();
      await page.getByText(/from \d[\d,.]* rows?/).waitFor();
      await fitsAndIsClean(page);
      await picture("client-rows", visited);
      const rows = await client.api<{ values: Record<string, unknown> }[]>(
        "GET",
        `fact-rows?brandId=${brandId}&_end=5`,
      );
      expect(rows.map(({ values }) => values.spend)).toEqual(rows.map(() => null));
      expect(visited.complaints).toEqual([]);
    } finally {
      await visited.close();
    }
  },
  busy,
);

async function fitsAndIsClean(page: Page): Promise<void> {
  expect(await overflow(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
}
