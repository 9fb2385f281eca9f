// A lead asks AMC a question and gets a chart; an analyst is told what AMC would refuse before it costs a run.
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../support/until";
import { anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

interface Instance {
  id: string;
  name: string;
  type: string;
  state: string;
  tables: string[];
}

let guest: Visit;
let instance: Instance;

beforeAll(async () => {
  const { url, owner } = await anAgency();
  await owner.connectAmazon("NA");
  const known = async () =>
    (await owner.api<object[]>("GET", "accounts?kind=dsp_advertiser&_start=0&_end=9")).length > 0;
  await until(known, 60_000);
  await owner.api("POST", "amc-instances/discover", {});
  const ready = async () => {
    const found = await owner.api<Instance[]>("GET", "amc-instances?_start=0&_end=50");
    const standard = found.find(
      ({ type, state, tables }) => type === "STANDARD" && state === "ready" && tables.length > 0,
    );
    if (standard) instance = standard;
    return standard !== undefined;
  };
  await until(ready, 60_000);
  guest = await visit({ url, as: owner });
}, 180_000);

afterAll(() => guest?.close());

test("a lead finds a question, tries it on sample data, runs it, and sees the paths and what is hidden", async () => {
  const { page } = guest;
  await page.goto("/amc");
  await page.getByLabel("Search by question").fill("which paths lead");
  await page.getByRole("link", { name: "How long after the ad do people buy?" }).waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "Which paths of campaigns lead to purchase?" }).click();
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText(/Thresholds hide 1 row with 1 user/).waitFor();
  await page.getByLabel("Steps of a path").fill("4");
  await page.getByText("Of before your change").waitFor();
  await page.getByLabel("Steps of a path").fill("5");
  await page.getByText("Of before your change").waitFor({ state: "hidden" });
  await page.getByLabel("AMC instances").click();
  await page.keyboard.type(instance.name);
  await page.keyboard.press("Enter");
  await page.getByText("0 of 10 at once").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Paths to purchase" }).waitFor();
  await page.getByRole("heading", { name: "Answer" }).waitFor({ timeout: 90_000 });
  await page.getByRole("img", { name: /Paths to purchase/ }).waitFor();
  await page
    .getByText(/Nothing is hidden|hidden$/)
    .first()
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}, 150_000);

test("the same question is answered by the run there is, and a run can be scheduled", async () => {
  const { page } = guest;
  await page.getByRole("link", { name: "Change and ask" }).click();
  await page.getByText("The same was asked before, and the answer is fresh").waitFor();
  await page.getByRole("link", { name: "Open the answer" }).click();
  await page.getByRole("link", { name: "Schedule this" }).click();
  await page.getByRole("heading", { level: 1, name: "New schedule" }).waitFor();
  const moments = page.getByRole("region", { name: "The next due moments" }).getByRole("row");
  await moments.nth(30).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Make schedule" }).click();
  await page.getByText(/On day 4 of each month at 06:00/).waitFor();
}, 90_000);

test("a schedule is paused while something of it is unsaved, which stays and is asked about before the page is left", async () => {
  const { page } = guest;
  await page.getByLabel("Name").fill("Paths, each month");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Paths, each month");
  await page.getByRole("link", { name: "AMC runs" }).click();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Save schedule" }).click();
  await page.getByRole("heading", { level: 1, name: "Paths, each month" }).waitFor();
  await page.getByText("Paused", { exact: true }).waitFor();
}, 60_000);

test("an analyst who makes five mistakes is told all five before any run", async () => {
  const { page } = guest;
  await page.goto("/amc/sql");
  const editor = page.getByRole("textbox", { name: "SQL of the question" });
  await editor.click();
  await page.keyboard.press("Control+A");
  const sql =
    "SELECT user_id, campaign, SUM(imprssions) AS n FROM dsp_impressions WHERE city_name = 'Berlin' GROUP BY 1, 2 ORDER BY 3 LIMIT 10";
  await page.keyboard.insertText(sql);
  const problems = page.getByRole("list", { name: "Problems of the SQL" }).getByRole("listitem");
  await problems.nth(4).waitFor();
  await page.getByText("5 places AMC would refuse").waitFor();
  expect(await page.getByRole("button", { name: "Save as a question" }).isDisabled()).toBe(true);
  expect(await accessibilityFaults(page)).toEqual([]);
}, 60_000);
