// A new agency's first hour: sign in, connect, assign, watch the backfill, read the dashboard; its totals are the sandbox's own.
import { mkdirSync } from "node:fs";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rig, startRig } from "../../scripts/rig";
import { addDays, dayIn } from "../../server/insights/date-range";
import { until } from "../support/until";
import { accessibilityFaults, overflow, strays, type Visit, visit } from "./browser";
import { throughEveryPage } from "./every-page";

interface Kpi {
  id: string;
  value: string | number | null;
}

interface Dashboard {
  sections: { currency: string; kpis: Kpi[] }[];
}

let rig: Rig;
let guest: Visit;
let brandId = "";
let connectionId = "";

const email = "first@journey.example";
const password = "a calm sea at noon";
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, visited = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await visited.page.screenshot({ path: `${pictures}/${name}.png` });
};

beforeAll(async () => {
  rig = await startRig({ reportDelaySeconds: 0 });
  rig.sandbox.control.clock.set({ frozen: true });
  await rig.startServer();
  guest = await visit({ url: rig.url });
});

afterAll(async () => {
  await guest?.close();
  await rig?.close();
});

test("the first person of a new installation makes the agency and is signed in", async () => {
  const { page } = guest;
  await page.goto("/first-run");
  await page.getByLabel("Agency").first().fill("Journey Agency");
  await page.getByLabel("Your name").fill("First Person");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").first().fill(password);
  await picture("first-run");
  await page.getByRole("button", { name: /create|start|set up/i }).click();
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await picture("home-empty");
  expect((await fetch(`${rig.url}/first-run`)).status).toBe(404);
});

test("a refused consent is said in plain words and leaves no connection", async () => {
  const { page } = guest;
  await page.goto("/connections/new");
  await page.getByRole("button", { name: "Continue to Amazon" }).click();
  await page.locator("#deny").click();
  await page
    .getByText(/declined|refused|not give/i)
    .first()
    .waitFor();
  await picture("consent-refused");
  await page.goto("/connections");
  await page.getByText("Connect Amazon").first().waitFor();
  expect(await page.getByText("Ava Brandt").count()).toBe(0);
});

test("a consent leads to a connection whose accounts are found while one looks; a reload changes nothing", async () => {
  const { page } = guest;
  await page.goto("/");
  await page.getByRole("link", { name: "Connect Amazon" }).first().click();
  await page.getByRole("button", { name: "Continue to Amazon" }).click();
  const [callback] = await Promise.all([
    page.waitForRequest((request) => request.url().includes("/connections/callback/na?")),
    page.locator("#allow").click(),
  ]);
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}/);
  connectionId = new URL(page.url()).pathname.split("/")[2] ?? "";
  await page.getByText("Northlight Media US").first().waitFor();
  await picture("connection");
  const exchanges = () => rig.sandbox.control.calls.list({ operation: "lwa.token" }).length;
  const before = exchanges();
  await page.goto(callback.url());
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}/);
  expect(exchanges()).toBe(before);
});

test("accounts are given to a new brand in one go", async () => {
  const { page } = guest;
  await page.goto("/accounts?kind=dsp_advertiser");
  await page.getByText("Harbor & Pine Coffee").first().waitFor();
  for (const name of ["Harbor & Pine Coffee", "Lumen Trail Outdoor"]) {
    await page
      .getByRole("row", { name: new RegExp(name) })
      .getByRole("checkbox")
      .check();
  }
  await page.getByRole("button", { name: /^Assign 2 accounts/ }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Brand", { exact: true }).click();
  await page.getByTitle("New brand…").click();
  await drawer.getByLabel("Name of the new brand").fill("Two Coasts");
  await picture("assign");
  await drawer.getByRole("button", { name: "Assign 2 accounts" }).click();
  await drawer.getByText("2 accounts done").waitFor();
  await drawer.getByRole("button", { name: "Close" }).last().click();
  await page.goto("/brands");
  await page.getByRole("link", { name: "Two Coasts" }).click();
  await page.getByRole("heading", { name: "Two Coasts", level: 1 }).waitFor();
  brandId = new URL(page.url()).pathname.split("/")[2] ?? "";
});

test("the backfill fills the dashboard, and every total is the sandbox's own to the last micro", async () => {
  const { page } = guest;
  await page.goto("/sync");
  await until(async () => (await page.getByText("Current").count()) >= 2, 90_000);
  await picture("sync");
  await page.goto(`/brands/${brandId}`);
  await page.getByText("Data as of").first().waitFor();
  await picture("dashboard");
  const dashboard = await page.evaluate(
    async (id) => (await (await fetch(`/api/v1/brand-dashboards/${id}`)).json()) as Dashboard,
    brandId,
  );
  expect(dashboard.sections.map((section) => section.currency)).toEqual(["USD"]);
  const truth = truthOf(["Harbor & Pine Coffee", "Lumen Trail Outdoor"]);
  const shown = Object.fromEntries(dashboard.sections[0]?.kpis.map(({ id, value }) => [id, String(value)]) ?? []);
  expect(shown).toMatchObject({
    spend: truth.totalCostMicros,
    impressions: truth.impressions,
    clicks: truth.clicks,
    detailPageViews: truth.detailPageViews,
    purchases: truth.purchases,
    sales: truth.salesMicros,
  });
  const dollars = new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
  });
  await page
    .getByText(dollars.format(Number(truth.totalCostMicros) / 1e6))
    .first()
    .waitFor();
});

/** Sums of the sandbox's truth over several advertisers. */
/** Of the last 30 whole days, which are for each account those of its own zone: at night in America two coasts differ by one. */
function truthOf(names: string[]): Record<string, string> {
  const sums: Record<string, bigint> = {};
  for (const { advertiserId, name, timezone } of rig.sandbox.control.world().advertisers) {
    if (!names.includes(name)) continue;
    const endDate = addDays(dayIn(timezone, new Date()), -1);
    const startDate = addDays(endDate, -29);
    const total = rig.sandbox.control.truth({ advertiserId, startDate, endDate })?.total ?? {};
    for (const [key, value] of Object.entries(total)) sums[key] = (sums[key] ?? 0n) + BigInt(value);
  }
  return Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, value.toString()]));
}

/** Tabs to the element, as somebody without a mouse does. */
async function tabTo(name: string | RegExp, role: "link" | "radio" = "link"): Promise<void> {
  const { page } = guest;
  const wanted = page.getByRole(role, { name }).first();
  // The input of a switch is there for the keyboard alone.
  await wanted.waitFor({ state: "attached" });
  // Looked for once: names of everything on a page take long to work out.
  const element = await wanted.elementHandle();
  const isThere = () => page.evaluate((one) => one === document.activeElement, element);
  for (let step = 0; step < 200 && !(await isThere()); step++) await page.keyboard.press("Tab");
  expect([String(name), await isThere()]).toEqual([String(name), true]);
}

test("by keyboard alone from all brands to the rows behind a number; every level and the rows add up to the sandbox's truth", async () => {
  const { page } = guest;
  const truth = truthOf(["Harbor & Pine Coffee", "Lumen Trail Outdoor"]);
  await page.goto("/performance");
  await page.getByRole("heading", { level: 2, name: "Brands" }).waitFor();
  await tabTo("Brands", "radio");
  for (const level of ["Campaigns", "Ad groups", "Creatives"]) {
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { level: 2, name: level }).waitFor();
  }
  const spent = await page.evaluate(async () => {
    const sums: string[] = [];
    for (const level of ["brands", "campaigns", "adGroups", "creatives"]) {
      const rows = (await (await fetch(`/api/v1/level-rows?level=${level}&currency=USD&_start=0&_end=200`)).json()) as {
        values: { spend: string };
      }[];
      sums.push(rows.reduce((sum, { values }) => sum + BigInt(values.spend), 0n).toString());
    }
    return sums;
  });
  expect(spent).toEqual(spent.map(() => truth.totalCostMicros));
  await picture("levels");
  await page.goto("/performance?compare=year");
  await tabTo("Two Coasts");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Two Coasts" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Campaigns" }).waitFor();
  const goInto = async (level: number) => {
    const name = await page.locator("tbody a.tm-row-name").first().innerText();
    await tabTo(name);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    expect([level, new URL(page.url()).searchParams.get("compare")]).toEqual([level, "year"]);
  };
  await goInto(1);
  await picture("levels-campaign");
  await goInto(2);
  await picture("levels-ad-group");
  await tabTo("Spend");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Rows behind Spend" }).waitFor();
  await page.getByText(/from \d[\d,.]* rows/).waitFor();
  await picture("rows");
  const params = new URL(page.url()).searchParams;
  const closed = await page.evaluate(async (adGroup) => {
    const read = async (path: string) => (await (await fetch(`/api/v1/${path}`)).json())[0];
    const total = await read(`fact-totals?adGroupId=${adGroup}`);
    const insights = await read(`ad-group-insights?id=${adGroup}`);
    const kpi = insights.section.kpis.find(({ id }: { id: string }) => id === "spend");
    return [total.values.spend, kpi.value];
  }, params.get("adgroup") ?? "");
  expect(closed[0]).toBe(closed[1]);
});

test("the dashboard is opened as it stood before anything was known, says so, and comes back; a change is explained", async () => {
  const { page } = guest;
  await page.goto(`/brands/${brandId}?why=roas`);
  await page.getByText(/^ROAS (rose|fell|stayed)/).waitFor();
  expect(await page.getByRole("row", { name: /The whole change/ }).count()).toBe(2);
  await page.getByRole("button", { name: "See the numbers as of an earlier moment" }).click();
  await page.getByRole("button", { name: "A day ago" }).click();
  const line = page.getByRole("region", { name: "As of" });
  await line.getByText("The numbers as they stood on").waitFor();
  await page.getByText("No data from Amazon yet").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("as-of");
  await line.getByRole("link", { name: "What moved since" }).click();
  await page.getByRole("heading", { name: "What moved" }).waitFor();
  expect(new URL(page.url()).searchParams.get("since")).toBeTruthy();
  await page.goBack();
  await line.getByRole("button", { name: "Back to now" }).click();
  await page.getByText("Data as of").first().waitFor();
});

test("campaigns are searched, filtered and sorted, and the address holds it all", async () => {
  const { page } = guest;
  await page.goto("/campaigns");
  const named = rig.sandbox.control.world().campaigns.filter(({ name }) => name.includes("Streaming")).length;
  const found = () => page.getByText(`1–${named} of ${named} campaigns`).waitFor();
  await page.getByPlaceholder(/Search campaigns/).fill("Streaming");
  await until(async () => new URL(page.url()).search.includes("Streaming"));
  await found();
  const address = page.url();
  await page.goto("/");
  await page.goto(address);
  await found();
  await picture("campaigns");
  await page.locator("tbody tr[data-row-key] a").first().click();
  await page.waitForURL(/\/campaigns\/.+/);
  await page.getByRole("heading", { level: 1, name: /Streaming/ }).waitFor();
  await page.getByRole("heading", { name: "Day by day" }).waitFor();
  await picture("campaign");
});

const known = () => ({ url: rig.url, email, password, brandId, connectionId });
/** On a machine that does other things too. */
const busy = 600_000;
const pictureOf = (place: string) => place.replaceAll(/[0-9a-f-]{36}/g, "one").replaceAll(/[/?=]/g, "-");

test(
  "every page is accessible and fits, wide and narrow, light and dark, and the browser has no complaints",
  () =>
    throughEveryPage(known(), {
      async look(visited, seen) {
        await picture(`${seen.width}-${seen.mode}${pictureOf(seen.place)}`, visited);
        expect.soft([seen, await accessibilityFaults(visited.page)]).toEqual([seen, []]);
        expect.soft([seen, await overflow(visited.page)]).toEqual([seen, 0]);
        expect.soft([seen, await strays(visited.page)]).toEqual([seen, []]);
      },
      async fits(visited, place) {
        expect.soft([place, await overflow(visited.page)]).toEqual([place, 0]);
      },
    }),
  busy,
);

/** As if the wait after so many refusals were over. */
async function endWait(refusals: number): Promise<void> {
  const sql = postgres(rig.databaseUrl, { max: 1 });
  try {
    await until(async () => {
      const ended = await sql`update grants set retry_at = null where rejections = ${refusals} returning 1`;
      return ended.length === 1;
    });
  } finally {
    await sql.end();
  }
}

test("a withdrawn consent shows on its connection, and one is told by a message that leads to the consent", async () => {
  const { page } = guest;
  await page.goto(`/connections/${connectionId}`);
  await page.getByRole("button", { name: "Messages", exact: true }).waitFor();
  const userId = rig.sandbox.control.world().users.find(({ name }) => name === "Ava Brandt")?.id;
  expect(rig.sandbox.control.revoke({ userId })).toBeGreaterThan(0);
  for (const refusals of [1, 2, 3]) {
    await page.getByRole("button", { name: "Renew now" }).click();
    if (refusals < 3) await endWait(refusals);
  }
  await page.getByText("Consent needed").first().waitFor();
  await page.getByRole("button", { name: "Messages, 1 unread" }).click();
  const latest = page.getByRole("dialog", { name: "Messages" });
  await latest.getByText("Ava Brandt must consent again").waitFor();
  await picture("consent-withdrawn");
  expect(await accessibilityFaults(page)).toEqual([]);
  await latest.getByRole("link", { name: "Reconnect Ava Brandt" }).click();
  await page.getByRole("heading", { level: 1, name: "Reconnect Ava Brandt" }).waitFor();
  await page.getByRole("button", { name: "Messages", exact: true }).waitFor();
  await page.getByRole("button", { name: "Continue to Amazon" }).click();
  await page.locator("#allow").click();
  await page.waitForURL(new RegExp(connectionId));
  await page.getByText("Healthy", { exact: true }).first().waitFor();
});

test("disconnecting says what it affects, and the numbers stay", async () => {
  const { page } = guest;
  await page.goto("/connections");
  await page.getByRole("link", { name: "Ava Brandt" }).click();
  await page.getByRole("button", { name: "Disconnect" }).click();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/disconnect")),
    page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click(),
  ]);
  expect(answer.status()).toBe(200);
  await page.getByText("Disconnected").first().waitFor();
  await picture("disconnected");
  await page.goto(`/brands/${brandId}`);
  await page.getByText("Data as of").first().waitFor();
});
