// An analyst puts a question together, sees its SQL, tries it, and goes to SQL and back; what has no place in the builder is named.
import { afterAll, beforeAll, expect, test } from "vitest";
import { anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

let guest: Visit;

beforeAll(async () => {
  const { url, owner } = await anAgency();
  guest = await visit({ url, as: owner });
}, 120_000);

afterAll(() => guest?.close());

/** Chooses by typing, as a person does. */
async function choose(label: string, typed: string): Promise<void> {
  const { page } = guest;
  await page.getByRole("combobox", { name: label, exact: true }).focus();
  await page.keyboard.type(typed);
  await page.locator(".ant-select-item-option-active").filter({ hasText: typed }).first().waitFor();
  await page.keyboard.press("Enter");
}

const sql = () => guest.page.getByRole("region", { name: "SQL of the question" });

test("users and impressions by campaign of those who bought are put together by clicks, and tried", async () => {
  const { page } = guest;
  await page.goto("/amc");
  await page.getByRole("link", { name: "Build a question" }).click();
  await page.getByRole("heading", { name: "A question is put together here" }).waitFor();
  await choose("Table to read", "amazon_attributed_events_by_conversion_time");
  await page.getByRole("button", { name: "Add a number" }).click();
  await choose("Number 2, column", "impressions");
  await page.getByRole("region", { name: "Only events where" }).getByRole("button", { name: "Add a rule" }).click();
  await choose("Rule 1, column", "purchases");
  await page.getByText("1 part is not right yet").waitFor();
  await page.getByRole("combobox", { name: "Rule 1, comparison" }).focus();
  await page.keyboard.press("Enter");
  await page.getByTitle("is above", { exact: true }).click();
  await page.getByRole("textbox", { name: "Rule 1, value" }).fill("0");
  await page.getByText(/^AMC takes it/).waitFor();
  expect(await sql().innerText()).toContain("GROUP BY campaign");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Preview again" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}, 90_000);

test("what the builder has no place for stays SQL, and why; what it has comes back", async () => {
  const { page } = guest;
  await page.getByText("SQL", { exact: true }).last().click();
  const editor = page.getByRole("textbox", { name: "SQL of the question" });
  const write = async (text: string) => {
    await editor.click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
  };
  const base = "SELECT campaign,\n  COUNT(DISTINCT user_id) AS users\nFROM dsp_impressions";
  await write(`${base}\nWHERE UPPER(campaign) = 'A'\nGROUP BY campaign`);
  await page.getByText("Builder", { exact: true }).click();
  await page.getByText("The builder has no UPPER at this place. See line 4.").waitFor();
  await write(`${base}\nWHERE impressions > 0\nGROUP BY 1`);
  await page.getByText("Builder", { exact: true }).click();
  expect(await page.getByRole("textbox", { name: "Rule 1, value" }).inputValue()).toBe("0");
  expect(await sql().innerText()).toContain("GROUP BY 1");
}, 60_000);
