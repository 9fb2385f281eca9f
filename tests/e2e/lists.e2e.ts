// The tables that ops staff live in: edit with one Save, bulk with a result sheet and undo, views, files in and out, keys.
import { mkdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../../scripts/person";
import { until } from "../support/until";
import { anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

let guest: Visit;
let owner: Person;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, visited = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await visited.page.screenshot({ path: `${pictures}/lists-${name}.png` });
};

beforeAll(async () => {
  const agency = await anAgency();
  owner = agency.owner;
  const names = Array.from(
    { length: 30 },
    (_, index) => `Client ${String(index + 1).padStart(2, "0")},retail,1000,USD`,
  );
  await owner.api("POST", "brands/import", {
    csv: ["Brand,Tags,Monthly budget,Currency", ...names].join("\n"),
    mode: "all",
  });
  guest = await visit({ url: agency.url, as: owner });
});

afterAll(() => guest?.close());

const brandNames = async (query: string) =>
  (await owner.api<{ name: string; version: number; id: string }[]>("GET", `brands?_end=100&_sort=name&${query}`)).map(
    ({ name }) => name,
  );

test("cells are edited in the table and saved at once; of a stale one both versions are shown", async () => {
  const { page } = guest;
  await page.goto("/brands?view=table");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Brand of Client 01").fill("Client 01 Home");
  await page.getByLabel("Brand of Client 02").fill("Mine 02");
  await page.getByLabel("Monthly budget of Client 03").fill("2500.50");
  await page.getByRole("combobox", { name: "Owner of Client 03" }).click();
  await page.getByTitle("Rig Owner").click();
  await page.getByRole("combobox", { name: "Tags of Client 03" }).fill("vip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByText("5 changes").waitFor();
  await picture("editing");
  const [second] = await owner.api<{ id: string; version: number }[]>("GET", "brands?name=Client%2002");
  await owner.api("PATCH", `brands/${second?.id}`, { name: "Theirs 02", version: second?.version });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Somebody else changed").waitFor();
  await picture("conflict");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await brandNames("q=02")).toEqual(["Theirs 02"]);
  expect(await owner.api("GET", "brands?name=Client%2003")).toMatchObject([
    { monthlyBudget: "2500500000", budgetCurrency: "USD", ownerName: "Rig Owner", tags: ["retail", "vip"] },
  ]);
  // Leaving now would lose the change that is left.
  await page.getByRole("link", { name: "Home" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("no changes yet").waitFor();
  expect(await brandNames("q=02")).toEqual(["Mine 02"]);
  await page.getByRole("button", { name: "Stop editing" }).click();
});

test("rows are chosen by keys; all that match are archived in one go, and taken back", async () => {
  const { page } = guest;
  await page.goto(
    "/brands?view=table&pageSize=25&filters[0][field]=q&filters[0][operator]=contains&filters[0][value]=Client",
  );
  await page.getByText("of 29 brands").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByText("1 selected").waitFor();
  await page.keyboard.press("h");
  await page.getByRole("dialog").getByText("Brand created").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "Select all rows of this page" }).check();
  await page.getByRole("button", { name: "Select all 29 brands that match" }).click();
  await page.getByRole("button", { name: "Archive 29 brands" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByText("will change 29 brands").waitFor();
  await sheet.getByRole("button", { name: "Archive 29 brands" }).click();
  await sheet.getByText("29 brands done").waitFor();
  await picture("bulk-results");
  expect(await brandNames("archived=false")).toEqual(["Mine 02"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await until(async () => (await brandNames("archived=false")).length === 30);
  await sheet.getByRole("button", { name: "Close" }).last().click();
});

test("a view keeps its query, opens first when asked to, and gives way to everything", async () => {
  const { page } = guest;
  await page.goto("/brands?view=table&filters[0][field]=q&filters[0][operator]=contains&filters[0][value]=Client%2010");
  await page.getByText("of 1 brands").waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Save as a new view…" }).click();
  await page.getByLabel("Name of the view").fill("Just ten");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("button", { name: "Just ten" }).click();
  await picture("views");
  await page.getByRole("button", { name: "Open first", exact: true }).click();
  await until(async () => (await owner.api<{ isDefault: boolean }[]>("GET", "saved-views"))[0]?.isDefault === true);
  await page.goto("/brands");
  await page.getByText("of 1 brands").waitFor();
  expect(new URL(page.url()).searchParams.get("saved")).toBeTruthy();
  await page.getByRole("button", { name: "Just ten" }).click();
  await page.getByRole("link", { name: "All brands" }).click();
  await page.getByText("of 30 brands").waitFor();
});

test("the list leaves as a file and comes back as one, with a report before anything is written", async () => {
  const { page } = guest;
  await page.goto("/brands?view=table&saved=none&sorters[0][field]=name&sorters[0][order]=desc");
  await page.getByRole("button", { name: "File", exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByText("Export 30 brands as CSV").click()]);
  expect(file.suggestedFilename()).toMatch(/^brands \d{4}-\d{2}-\d{2}\.csv$/);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\n");
  expect([lines.length, lines[1]?.split(",")[0]]).toEqual([31, "Mine 02"]);
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByText("Import from CSV…").click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Or paste it").fill(`Brand\nImported one\n${"x".repeat(130)}\nClient 03\n`);
  await picture("import");
  await drawer.getByRole("button", { name: "Check the file" }).click();
  await drawer.getByText("3 rows read, nothing written.").waitFor();
  await picture("import-report");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await brandNames("q=Imported")).toEqual([]);
  await drawer.getByRole("button", { name: "Import 1 good row" }).click();
  await drawer.getByText("1 of 3 rows written.").waitFor();
  expect(await brandNames("q=Imported")).toEqual(["Imported one"]);
  expect(guest.complaints).toEqual([]);
});

test("a file has a receipt, and one altered byte is found where the file is read, in the browser", async () => {
  const { page } = guest;
  await page.goto("/brands?view=table&saved=none");
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByText("as Parquet").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByText(/Export \d+ brands as Excel/).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  const bytes = readFileSync(await file.path());
  await page.goto("/exports");
  await page.getByText("Sent at once").first().waitFor();
  const [receipt] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^Receipt of brands .*xlsx/ }).click(),
  ]);
  await picture("exports");
  await page.getByRole("link", { name: "Verify a file" }).click();
  const drop = async (buffer: Buffer) =>
    page.getByLabel("Files to verify").setInputFiles([
      { name: "brands.xlsx", mimeType: "application/octet-stream", buffer },
      { name: "brands.receipt.json", mimeType: "application/json", buffer: readFileSync(await receipt.path()) },
    ]);
  await drop(bytes);
  await page.getByText("The file is as it was exported").waitFor();
  await picture("verified");
  expect(await accessibilityFaults(page)).toEqual([]);
  bytes[bytes.length - 1] = 1;
  await drop(bytes);
  await page.getByText("This is not what was exported").waitFor();
  await page.getByText("It first differs between").waitFor();
  expect(guest.complaints).toEqual([]);
});

test("on a phone cells are edited too, and nothing is cut off", async () => {
  const { page } = guest;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/brands?view=table&saved=none");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Brand of Client 04").waitFor();
  await picture("phone-editing");
  expect(await overflow(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
});
