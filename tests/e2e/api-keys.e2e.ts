// A key from its making on the page to its end: copied once, used by a program, rotated, revoked.
import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Agency, anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

let agency: Agency;
let guest: Visit;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await guest.page.screenshot({ path: `${pictures}/${name}.png` });
};

beforeAll(async () => {
  agency = await anAgency();
  guest = await visit({ url: agency.url, as: agency.owner });
  await guest.page.goto("/api-keys");
});

afterAll(() => guest?.close());

const statusWith = async (key: string) =>
  (await fetch(`${agency.url}/api/v1/brands`, { headers: { authorization: `Bearer ${key}` } })).status;

const shownKey = () => guest.page.getByLabel("API key", { exact: true }).inputValue();

test("a key is made, works at once, is rotated without a gap and revoked", async () => {
  const { page } = guest;
  await picture("keys-empty");
  await page.getByRole("button", { name: "Make a key" }).first().click();
  await page.getByLabel("Name").fill("Nightly export");
  await page.getByRole("checkbox", { name: "See brands" }).check();
  await page.getByRole("checkbox", { name: "See campaigns" }).check();
  await picture("keys-drawer");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByText("It is shown only now").waitFor();
  const first = await shownKey();
  expect(first).toMatch(/^tdmk_live_[0-9A-Za-z]{36}$/);
  await picture("keys-shown");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await statusWith(first)).toBe(200);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByRole("button", { name: "Rotate Nightly export" }).click();
  await picture("keys-rotate");
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  await page.getByText("It is shown only now").waitFor();
  const second = await shownKey();
  expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200]);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByText("Replaced").first().waitFor();
  await picture("keys-list");
  await page.getByRole("button", { name: `Revoke Nightly export, ${second.slice(0, 16)}` }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page
    .getByRole("row")
    .filter({ hasText: second.slice(0, 16) })
    .getByText("Revoked")
    .waitFor();
  expect(await statusWith(second)).toBe(401);
  expect((await page.content()).includes(second)).toBe(false);
  expect(guest.complaints).toEqual([]);
});

test("in the dark and on a phone the form of a key fits and is free of faults", async () => {
  const { page } = guest;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/api-keys");
  await page.locator('html[data-mode="dark"]').waitFor();
  await picture("keys-narrow");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByRole("checkbox", { name: "See brands" }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await picture("keys-narrow-drawer");
});
