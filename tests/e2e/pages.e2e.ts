// An admin makes an action and a page without code; somebody of ops uses it on two rows, and a system outside gets two signed calls.
import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../scripts/person";
import { answer, aReceiver, type Receiver } from "../support/webhook-receiver";
import { anAgency } from "./agency";
import { accessibilityFaults, colourFaults, overflow, type Visit, visit } from "./browser";

let receiver: Receiver;
let admin: Visit;
let ops: Visit;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, { page }: Visit) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/pages-${name}.png` });
};

beforeAll(async () => {
  const { url, owner } = await anAgency();
  receiver = await aReceiver();
  await owner.api("POST", "brands/import", {
    csv: "Brand,Tags,Monthly budget,Currency\nHarbor & Pine,retail,2500,EUR\nNorthwind,retail,1000,EUR\nQuiet Loom,craft,400,EUR\n",
    mode: "all",
  });
  const given = { email: "olga@pages.example", name: "Olga Ops", role: "ops", brandIds: null };
  const { link } = await owner.api<{ link: string }>("POST", "invitations", given);
  const olga = new Person(url);
  await olga.post(new URL(link).pathname, { name: given.name, password: "a calm sea at noon" });
  admin = await visit({ url, as: owner });
  ops = await visit({ url, as: olga, dark: true });
});

afterAll(async () => {
  await admin?.close();
  await ops?.close();
  await receiver?.close();
});

const choose = async ({ page }: Visit, label: string | RegExp, option: string) => {
  const box = page.getByRole("combobox", { name: label });
  // What is chosen lies over the field.
  await box.click({ force: true });
  if ((await box.getAttribute("readonly")) === null) await box.fill(option);
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).click();
};

test("an action is made in a form, tells its secret once, and sends a test", async () => {
  const { page } = admin;
  await page.goto("/custom-actions");
  await page.getByRole("button", { name: "New action" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Name", { exact: true }).fill("Open a ticket");
  await choose(admin, "For", "Brands");
  await drawer.getByLabel("Address").fill("https://169.254.169.254/hook");
  await drawer.getByRole("button", { name: "Add a field" }).click();
  await drawer.getByLabel("Field 1, label").fill("Why");
  await choose(admin, "Field 1, kind", "One of some choices");
  await drawer.getByRole("combobox", { name: "Field 1, choices" }).fill("Budget");
  await page.keyboard.press("Enter");
  await drawer.getByRole("combobox", { name: "Field 1, choices" }).fill("Season");
  await page.keyboard.press("Enter");
  await drawer.getByLabel("Words to confirm").fill("Open {count} ticket(s) for {name} because of {why}?");
  await drawer.getByRole("button", { name: "Create action" }).click();
  await drawer.getByText("169.254.169.254 is not on the open internet", { exact: false }).waitFor();
  // A browser says of every refusal that a resource was not loaded.
  expect(admin.complaints.splice(0)).toEqual([expect.stringContaining("422")]);
  await drawer.getByLabel("Address").fill(receiver.url);
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("action-editor", admin);
  await drawer.getByRole("button", { name: "Create action" }).click();
  receiver.secret = await page.getByRole("textbox", { name: "Signing secret" }).inputValue();
  expect(receiver.secret).toMatch(/^whsec_/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page.getByRole("textbox", { name: "Signing secret" }).waitFor({ state: "detached" });
  expect((await page.content()).includes(receiver.secret)).toBe(false);
  await page.getByRole("button", { name: "Send a test of Open a ticket" }).click();
  await page.getByRole("dialog").getByText("Done").waitFor();
  await page.getByRole("dialog").getByText("Thank you.").waitFor();
  await picture("run", admin);
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.body.data).toMatchObject({ test: true, input: { why: "Budget" } });
});

test("a page is made in a form, looked at as JSON with its faults at their lines, and stands in the navigation", async () => {
  const { page } = admin;
  await page.goto("/custom-pages");
  await page.getByRole("button", { name: "New page" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Title").fill("Retail clients");
  await choose(admin, "Lists", "Brands");
  await drawer.getByRole("button", { name: "Add a filter" }).click();
  await choose(admin, "Filter 1, field", "Tags");
  await drawer.getByLabel("Filter 1, value").fill("retail");
  await choose(admin, "Actions for its rows", "Open a ticket");
  await page.keyboard.press("Escape");
  await drawer.getByText("2 brands match").waitFor();
  await drawer.getByText("Northwind").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("page-editor", admin);
  await drawer.getByRole("tab", { name: "JSON" }).click();
  const text = drawer.getByLabel("Definition as JSON");
  const right = await text.inputValue();
  await text.fill(right.replace('"field": "tags"', '"field": "tag"'));
  await drawer.getByText("There is no such filter. There are:", { exact: false }).waitFor();
  await drawer.getByText("filters.0.field").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("page-json", admin);
  await text.fill(right);
  await drawer.getByRole("tab", { name: "Form" }).click();
  expect(await drawer.getByLabel("Address").inputValue()).toBe("retail-clients");
  await drawer.getByRole("button", { name: "Create page" }).click();
  await page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: "Retail clients" })
    .click();
  await page.getByRole("heading", { name: "Retail clients", level: 1 }).waitFor();
  await page.getByText("€2,500.00", { exact: false }).first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("page", admin);
});

test("somebody of ops uses the action on two rows, and two signed calls arrive", async () => {
  const { page } = ops;
  receiver.received.length = 0;
  receiver.answers = [answer(200, "Ticket 1"), answer(422, "Quiet hours.")];
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: "Retail clients" })
    .click();
  await page.getByLabel("Select Harbor & Pine").check();
  await page.getByLabel("Select Northwind").check();
  await picture("selected-dark", ops);
  await page.getByRole("region", { name: "Selected rows" }).getByRole("button", { name: "Open a ticket" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Open a ticket" }).click();
  await drawer.getByText("Fill in Why.").waitFor();
  await choose(ops, "Why", "Season");
  await drawer.getByText("Open 2 ticket(s) for Harbor & Pine, Northwind because of Season?").waitFor();
  expect(await colourFaults(page)).toEqual([]);
  await picture("use-dark", ops);
  await drawer.getByRole("button", { name: "Open a ticket" }).click();
  await drawer.getByText("2 handed over").waitFor();
  await drawer.getByText("Ticket 1").waitFor();
  await drawer.getByText("Quiet hours.").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("results-dark", ops);
  expect(receiver.forged).toBe(0);
  expect(receiver.received.map(({ body }) => (body.data.record as { label: string }).label).sort()).toEqual([
    "Harbor & Pine",
    "Northwind",
  ]);
  expect(receiver.received[0]?.body.data).toMatchObject({
    test: false,
    input: { why: "Season" },
    actor: { name: "Olga Ops" },
  });
  await drawer.getByRole("link", { name: "All runs" }).click();
  await page.getByRole("heading", { name: "Runs of custom actions", level: 1 }).waitFor();
  await page.getByText("Refused").first().waitFor();
  expect(await colourFaults(page)).toEqual([]);
  await picture("runs-dark", ops);
  expect(await page.getByRole("link", { name: "Custom pages" }).count()).toBe(0);
});

test("at 390 px the page, its action and the runs fit", async () => {
  const { page } = ops;
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/pages/retail-clients");
  await page.getByText("Northwind").first().waitFor();
  expect(await overflow(page)).toBe(0);
  await picture("page-narrow", ops);
  await page.getByRole("button", { name: "Open a ticket: Northwind" }).click();
  await page.getByRole("dialog").getByText("Open 1 ticket(s) for Northwind because of", { exact: false }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("use-narrow", ops);
  await page.goto("/custom-actions/runs");
  await page.getByText("Open a ticket").first().waitFor();
  expect(await overflow(page)).toBe(0);
  await picture("runs-narrow", ops);
  await admin.page.setViewportSize({ width: 390, height: 800 });
  await admin.page.goto("/custom-pages");
  await admin.page.getByRole("button", { name: "Edit Retail clients" }).click();
  await admin.page.getByText("2 brands match").waitFor();
  await picture("page-editor-narrow", admin);
  expect([admin.complaints, ops.complaints]).toEqual([[], []]);
});
