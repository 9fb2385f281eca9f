// An admin makes a role that does not show money, gives it to several people, looks through one's eyes, and lets another go.
import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../scripts/person";
import { until } from "../support/until";
import { anAgency } from "./agency";
import { accessibilityFaults, type Visit, visit } from "./browser";

let url = "";
let admin: Visit;
/** The admin without a browser. */
let owner: Person;
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await admin.page.screenshot({ path: `${pictures}/${name}.png` });
};

beforeAll(async () => {
  ({ url, owner } = await anAgency());
  await owner.connectAmazon("NA");
  const { id: brandId } = await owner.api<{ id: string }>("POST", "brands", { name: "Harbor & Pine" });
  const advertisers = () => owner.api<{ id: string }[]>("GET", "accounts?kind=dsp_advertiser");
  await until(async () => (await advertisers()).length > 0, 60_000);
  const accountIds = (await advertisers()).map(({ id }) => id);
  await owner.api("POST", "accounts/assign", { accountIds, brandId });
  for (const name of ["Cleo Client", "Ravi Reader"]) {
    const given = { email: `${name.slice(0, 4).toLowerCase()}@roles.example`, name, role: "client", brandIds: null };
    const { link } = await owner.api<{ link: string }>("POST", "invitations", given);
    await new Person(url).post(new URL(link).pathname, { name, password: "a calm sea at noon" });
  }
  admin = await visit({ url, as: owner });
  await until(async () => (await owner.api<object[]>("GET", "campaigns?_end=1")).length > 0, 60_000);
});

afterAll(() => admin?.close());

test("a role is copied from a built-in one, without money", async () => {
  const { page } = admin;
  await page.goto("/roles");
  await page.getByRole("button", { name: "Copy Client viewer" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Name", { exact: true }).fill("Viewer without money");
  await drawer.getByRole("switch", { name: "Sees money" }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("role-drawer");
  await drawer.getByRole("button", { name: "Create role" }).click();
  await page.getByRole("button", { name: "Change Viewer without money" }).waitFor();
  await picture("roles");
});

test("it is given to two people at once, after a preview", async () => {
  const { page } = admin;
  await page.goto("/people");
  for (const name of ["Cleo Client", "Ravi Reader"]) await page.getByLabel(`Select ${name}`).check();
  await page.getByRole("button", { name: "Give a role to 2" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("Role", { exact: true }).click();
  await page.getByText("Viewer without money").last().click();
  await drawer.getByLabel(/^Until/).fill("2099-12-03");
  await drawer.getByRole("button", { name: "Preview" }).click();
  await drawer.getByText("in place of Client viewer for all brands").first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("give-role");
  await drawer.getByRole("button", { name: "Give to 2 people" }).click();
  await drawer.getByText("What happened").waitFor();
  await drawer.getByRole("button", { name: "Close" }).last().click();
  await page.getByText("Viewer without money: all brands until 3 Dec 2099").first().waitFor();
  await picture("people");
  await page.getByRole("link", { name: "Cleo Client" }).click();
  await page.getByRole("heading", { name: "Cleo Client", level: 1 }).waitFor();
});

test("a person's page says why they may, or what is missing and who can give it", async () => {
  const { page } = admin;
  await page.getByText("Cleo Client may, through:").waitFor();
  await page.getByRole("combobox", { name: "Permission" }).fill("spend");
  await page.keyboard.press("Enter");
  await page.getByText("No role of Cleo Client for Harbor & Pine holds").waitFor();
  await picture("person");
});

test("through her eyes money is hidden and nothing can be changed; leaving gives back one's own", async () => {
  const { page } = admin;
  await page.getByRole("button", { name: "View as Cleo Client" }).click();
  await page.getByText("You see Tidemark as Cleo Client.").waitFor();
  await page.goto("/campaigns");
  await page.getByText("hidden", { exact: false }).first().waitFor();
  await picture("view-as-campaigns");
  expect(await page.getByRole("link", { name: "Roles" }).count()).toBe(0);
  const refused = await page.request.patch("/api/v1/profile/me", {
    data: { name: "Not me" },
    headers: { origin: url },
  });
  expect(await refused.json()).toMatchObject({
    message: "You look through the eyes of Cleo Client: nothing can be changed meanwhile.",
  });
  await page.goto("/");
  await page.getByText("hidden").first().waitFor();
  await picture("view-as-home");
  await page.getByRole("button", { name: "Leave this view" }).click();
  await page.getByRole("heading", { name: "Cleo Client", level: 1 }).waitFor();
  expect(await page.getByText("You see Tidemark as").count()).toBe(0);
  expect(admin.complaints).toEqual([]);
});
