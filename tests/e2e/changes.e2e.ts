// Ops staff change two campaigns, review, apply, see what Amazon said to each, and take it back.
import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../support/until";
import { type Agency, anAgency } from "./agency";
import { accessibilityFaults, overflow, type Visit, visit } from "./browser";

let agency: Agency;
let guest: Visit;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, visited = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await visited.page.screenshot({ path: `${pictures}/${name}.png` });
};

interface Named {
  id: string;
  name: string;
  state: string;
}

beforeAll(async () => {
  agency = await anAgency();
  const { url, owner } = agency;
  await owner.connectAmazon("NA");
  const listed = async () => (await owner.api<Named[]>("GET", "campaigns?_start=0&_end=50")).length >= 6;
  await until(listed, 60_000);
  guest = await visit({ url, as: owner });
}, 120_000);

afterAll(() => guest?.close());

/** Names of the campaigns that are on at Amazon. */
async function enabled(): Promise<string[]> {
  const world = await fetch(`${agency.sandboxUrl}/_sandbox/world`);
  const { campaigns } = (await world.json()) as { campaigns: Named[] };
  return campaigns.filter(({ state }) => state === "ENABLED").map(({ name }) => name);
}

test("cells are edited by keyboard and in bulk, and wait in a draft that a reload keeps", async () => {
  const { page } = guest;
  const [first = "", second = ""] = await enabled();
  await page.goto("/campaigns");
  const rowOf = (name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
  const budget = rowOf(first).getByRole("button", { name: /Edit budget of/ });
  await budget.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("no money");
  await page.keyboard.press("Enter");
  await page.getByText("Write an amount, such as").waitFor();
  await page.keyboard.press("Escape");
  await budget.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("+60%");
  await page.keyboard.press("Enter");
  await page.getByText("1 change in 1 campaign, not sent yet").waitFor();
  await rowOf(second)
    .getByRole("button", { name: /Edit budget of/ })
    .click();
  await page.keyboard.type("2,000m");
  await picture("changes-cell");
  await page.keyboard.press("Tab");
  await page.getByText("2 changes in 2 campaigns, not sent yet").waitFor();
  for (const name of [first, second]) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await picture("changes-bulk");
  await page.getByRole("button", { name: "Pause 2 campaigns" }).click();
  await page.getByText("4 changes in 2 campaigns, not sent yet").waitFor();
  await page.reload();
  await page.getByText("4 changes in 2 campaigns, not sent yet").waitFor();
  await picture("changes-draft");
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("the review shows before and after with warnings; applied, each item has Amazon's own answer, and undo takes it back", async () => {
  const { page } = guest;
  await page.getByRole("link", { name: "Review", exact: true }).click();
  await page.getByRole("heading", { name: "Review changes", level: 1 }).waitFor();
  await page.getByText("Changes by more than half.").first().waitFor();
  await page.getByLabel("Note").fill("Spring budgets");
  await picture("changes-review");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Apply 4 changes at Amazon" }).click();
  await page.getByRole("heading", { name: "Changes partly applied", level: 1 }).waitFor();
  await page.getByText("FIELD_VALUE_IS_OUT_OF_RANGE").waitFor();
  await page.getByText("Choose a value within the bounds Amazon names.").waitFor();
  await picture("changes-applied");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo 1 applied item…" }).click();
  await page.getByRole("heading", { name: "Review changes", level: 1 }).waitFor();
  await picture("changes-undo");
  await page.getByRole("button", { name: "Apply 2 changes at Amazon" }).click();
  await page.getByRole("heading", { name: "Changes applied", level: 1 }).waitFor();
  await page.goto("/changes");
  await page.getByRole("link", { name: "Spring budgets", exact: true }).waitFor();
  await picture("changes-list");
  await page.getByRole("link", { name: "Spring budgets", exact: true }).click();
  await page.getByRole("link", { name: (await enabled())[0] ?? "", exact: true }).click();
  await page.getByRole("heading", { name: "Changes", level: 2 }).waitFor();
  await page.getByRole("heading", { name: "Ad groups", level: 2 }).scrollIntoViewIfNeeded();
  await page.getByRole("checkbox", { name: "Select all ad groups" }).check();
  await page.getByRole("button", { name: "Base bid…" }).click();
  await picture("changes-campaign");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Changes", level: 2 }).scrollIntoViewIfNeeded();
  await picture("changes-history");
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(guest.complaints).toEqual([]);
});

test("at 390 px nothing of a set is cut off", async () => {
  const { page } = guest;
  await page.goto("/changes");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: "Spring budgets", exact: true }).click();
  await page.getByRole("heading", { name: "Changes partly applied", level: 1 }).waitFor();
  await picture("changes-390-set");
  expect(await overflow(page)).toBe(0);
});
