// The brand wall in a browser: what needs a person first, the same list as a table, a stale edit with both versions, archive and restore.
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../../scripts/person";
import { type Rig, startRig } from "../../scripts/rig";
import { accessibilityFaults, type Visit, visit } from "./browser";

let rig: Rig;
let owner: Person;
let guest: Visit;

const patience = { timeout: 20_000 };
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, visited = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await visited.page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};

beforeAll(async () => {
  rig = await startRig();
  // No jobs: the connections of the seed hold no tokens.
  await rig.startServer({ PROCESS_ROLE: "web" });
  owner = await rig.newOwner();
  await seed(3);
  guest = await visit({ url: rig.url, as: owner });
});

afterAll(async () => {
  await guest?.close();
  await rig?.close();
});

/** Where the accounts are: a thousand a day is budgeted for the present month, of which none is over on its first day. */
const [year = 0, month = 0, dayOfMonth = 0] = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles" })
  .format(new Date())
  .split("-")
  .map(Number);
const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Brands with a month of numbers each: the first on pace, the second under and unread, the third without a budget, and so on. */
async function seed(count: number): Promise<void> {
  const sql = postgres(rig.databaseUrl, { max: 1 });
  const [agency] = await sql`select id from agencies limit 1`;
  const [user] = await sql`select id from users limit 1`;
  const agencyId = agency?.id;
  try {
    for (let at = 0; at < count; at++) {
      const [brandId, accountId, connectionId] = [randomUUID(), randomUUID(), randomUUID()];
      const state = at % 3 === 1 ? "needs_reconsent" : "healthy";
      const budget = at % 3 === 2 ? null : daysOfMonth * 1_000_000_000;
      await sql`insert into brands ${sql({
        agency_id: agencyId,
        id: brandId,
        name: brandNames[at] ?? `Client ${String(at + 1).padStart(2, "0")} of the agency`,
        tags: at % 2 === 0 ? ["retail"] : ["retail", "at risk"],
        owner_user_id: user?.id,
        monthly_budget: budget,
        budget_currency: budget ? "USD" : null,
      })}`;
      const ok = { ok: true };
      const capabilities = sql.json({ campaigns: ok, reports: ok, write: ok, amc: ok, audiences: ok });
      await sql`insert into accounts (agency_id, id, kind, region, amazon_id, name, country_code, currency, time_zone, brand_id,
          capabilities, created_at, seen_at)
        values (${agencyId}, ${accountId}, 'dsp_advertiser', 'NA', ${`42${at}00000000`}, ${`Advertiser ${at + 1}`}, 'US', 'USD',
          'America/Los_Angeles', ${brandId}, ${capabilities}, now(), now())`;
      const found = { state: "done", profiles: 1, entities: 1, advertisers: 1 };
      await sql`insert into connections (agency_id, id, region, owner_user_id, amazon_user_id, amazon_user_name, scopes, state,
          state_since, consented_at, discovery, created_at)
        values (${agencyId}, ${connectionId}, 'NA', ${user?.id}, ${`amzn1.account.${at}`}, ${`Grantor ${at + 1}`}, '{profile}',
          ${state}, now(), now(), ${sql.json({ NA: found, EU: found, FE: found })}, now())`;
      await sql`insert into account_access (agency_id, account_id, connection_id, capabilities, probed_at)
        values (${agencyId}, ${accountId}, ${connectionId}, ${capabilities}, now())`;
      const spent = (at % 3 === 1 ? 700 : 1000) * 1_000_000;
      const days = sql`generate_series(current_date - 40, current_date - 1, interval '1 day') as day`;
      await sql`insert into rollup_account_day (agency_id, account_id, day, currency, total_cost)
        select ${agencyId}, ${accountId}, day::date, 'USD', ${spent} from ${days}`;
      await sql`insert into fact_days (agency_id, account_id, report_type, day, observed_at, run_id)
        select ${agencyId}, ${accountId}, 'campaign', day::date, now(), gen_random_uuid() from ${days}`;
      await sql`insert into coverage (agency_id, account_id, subject, first_day, last_day, synced_at)
        values (${agencyId}, ${accountId}, 'campaign', current_date - 40, current_date - 1, now())`;
      if (state === "healthy") continue;
      await sql`insert into messages (agency_id, user_id, kind, signal, title, body, action, subject, dedupe_key, created_at)
        values (${agencyId}, ${user?.id}, 'connection.needs_reconsent', 'problem', ${`Grantor ${at + 1} must consent again`}, '',
          ${sql.json({ label: "Reconnect", path: `/connections/${connectionId}` })},
          ${sql.json({ type: "connection", id: connectionId })}, ${connectionId}, now())`;
    }
  } finally {
    await sql.end();
  }
}

const brandNames = ["Alder Kitchens", "Brook Outdoor", "Cedar Pet Supplies and Accessories for Small Animals"];

test("the wall shows the brand that needs a person first, each sign leading to where it is mended", async () => {
  const { page } = guest;
  await picture("home-3");
  await page.goto("/brands");
  const tiles = page.getByRole("article");
  await tiles.first().getByRole("heading", { name: "Brook Outdoor" }).waitFor();
  expect(await tiles.count()).toBe(3);
  const first = tiles.first();
  await first.getByRole("link", { name: /No usable consent/ }).waitFor();
  const under = first.getByRole("link", { name: /30% under/ });
  if (dayOfMonth > 1) expect(await under.getAttribute("href")).toMatch(/range=month-to-date$/);
  else expect(await under.count()).toBe(0);
  expect(await first.getByRole("link", { name: /1 open/ }).getAttribute("href")).toMatch(/^\/connections\//);
  await picture("wall-3");
  await page.getByRole("combobox", { name: "Need" }).click();
  await page.getByTitle("Has a problem").click();
  await page.waitForURL(/filters/);
  await tiles.nth(1).waitFor({ state: "detached" });
  expect(await tiles.count()).toBe(1);
  const table = page.getByRole("link", { name: "Table", exact: true });
  // The address changes before the links that are made of it.
  await expect.poll(() => table.getAttribute("href"), patience).toContain("filters");
  await table.click();
  await page.waitForURL(/view=table/);
  await page.locator("tbody tr[data-row-key]").first().waitFor();
  expect(await page.locator("tbody tr[data-row-key]").count()).toBe(1);
  await picture("table-3");
});

test("of two who edit a brand the second sees both versions and chooses", async () => {
  const { page } = guest;
  const [brand] = await owner.api<{ id: string; version: number }[]>("GET", "brands?name=Alder Kitchens");
  await page.goto(`/brands/${brand?.id}`);
  await picture("brand");
  await page.getByRole("button", { name: "Edit brand" }).click();
  const drawer = page.getByRole("dialog");
  await expect.poll(() => drawer.getByLabel("Name").inputValue(), patience).toBe("Alder Kitchens");
  await picture("drawer");
  await owner.api("PATCH", `brands/${brand?.id}`, { version: brand?.version, monthlyBudget: "31000000000", tags: [] });
  await drawer.getByLabel("Name").fill("Alder Homes");
  await drawer.getByRole("button", { name: "Save brand" }).click();
  const versions = drawer.getByRole("region", { name: "Two versions" });
  await versions.waitFor();
  expect(await versions.getByRole("row", { name: /^Name/ }).innerText()).toMatch(/Alder Homes\s+Alder Kitchens/);
  expect(await versions.getByRole("row", { name: /^Tags/ }).innerText()).toMatch(/not changed by you\s+none/);
  await picture("conflict");
  // The button of the refused saving is pale until its answer has been dealt with.
  await drawer.locator(".ant-btn-loading").waitFor({ state: "detached" });
  expect(await accessibilityFaults(page)).toEqual([]);
  await drawer.getByRole("button", { name: "Save my changes over it" }).click();
  await page.getByRole("heading", { level: 1, name: "Alder Homes" }).waitFor();
  const saved = await owner.api<object>("GET", `brands/${brand?.id}`);
  expect(saved).toMatchObject({ name: "Alder Homes", monthlyBudget: "31000000000", tags: [] });
});

test("an archived brand leaves the wall, its account says so, and it comes back", async () => {
  const { page } = guest;
  await page.goto("/brands?view=table");
  await page.getByRole("button", { name: "Archive Brook Outdoor" }).click();
  await page.getByRole("link", { name: "Brook Outdoor" }).waitFor({ state: "detached" });
  await page.goto("/accounts");
  await page.getByText("Brook Outdoor, archived").first().waitFor();
  await page.goto("/brands?show=archived");
  await page.getByRole("button", { name: "Restore Brook Outdoor" }).click();
  await page.goto("/brands");
  await page.getByRole("heading", { name: "Brook Outdoor" }).waitFor();
  expect(guest.complaints.filter((text) => !text.includes("409"))).toEqual([]);
});
