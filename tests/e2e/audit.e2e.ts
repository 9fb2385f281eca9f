// The audit log as its reader uses it: filter, permalink, export that proves itself, verification, and what it says after an intrusion.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runOps } from "../../scripts/rig";
import { type Agency, anAgency } from "./agency";
import { accessibilityFaults, type Visit, visit } from "./browser";

let agency: Agency;
let guest: Visit;
const folder = mkdtempSync(join(tmpdir(), "tidemark-audit-e2e-"));
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await guest.page.screenshot({ path: `${pictures}/${name}.png` });
};

beforeAll(async () => {
  agency = await anAgency();
  const { owner } = agency;
  const brand = await owner.api<{ id: string; version: number }>("POST", "brands", { name: "Acme" });
  await owner.api("PATCH", `brands/${brand.id}`, { name: "＝Acme Home", version: brand.version });
  await owner.api("POST", "brands", { name: "Beta" });
  guest = await visit({ url: agency.url, as: owner });
});

afterAll(async () => {
  await guest?.close();
  rmSync(folder, { recursive: true });
});

const ops = (...args: string[]) => runOps(agency.serverEnv, ["audit", ...args]);
const verify = () => ops("verify", "--agency", agency.agencyId);

test("the log is verified from the page, and each event has an address of its own", async () => {
  const { page } = guest;
  await page.goto("/audit");
  await page.getByText("Not verified yet").waitFor();
  await picture("audit");
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.getByText(/Verified up to event \d/).waitFor();
  await page.getByRole("button", { name: "Brand updated" }).click();
  await page.getByRole("dialog").getByText("Acme Home").first().waitFor();
  await page.reload();
  await page.getByRole("dialog").getByText("Acme Home").first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("audit-event");
  await page.getByRole("dialog").getByRole("link", { name: "History" }).click();
  await page.getByRole("cell", { name: "Beta", exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Brand created" }).waitFor();
  await picture("audit-history");
});

test("an export holds what the filters leave, opens safely as a table, and proves itself without the database", async () => {
  const { page } = guest;
  const fetchFile = (query: string) =>
    page.evaluate(async (path) => (await fetch(path)).text(), `/exports/audit-events?${query}`);
  const csv = await fetchFile("format=csv&targetType=brand");
  expect(csv.split("\n")).toHaveLength(5);
  expect(csv).toContain("'＝Acme Home");
  const file = join(folder, "audit.jsonl");
  const lines = await fetchFile("format=jsonl&targetType=brand");
  expect(lines).not.toContain("session.started");
  writeFileSync(file, lines);
  expect(await ops("verify-export", file)).toContain("3 events as written");
  writeFileSync(file, lines.replace("Beta", "Bete"));
  await expect(ops("verify-export", file)).rejects.toThrow(/Event \d+ is not what was written/);
});

test("an event changed in the database itself is found, by the operator and on the page", async () => {
  expect(await verify()).toContain("as written");
  const sql = postgres(agency.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update audit_events set actor_name = 'Nobody' where action = 'brand.updated' and agency_id = ${agency.agencyId}`;
  await sql.end({ timeout: 5 });
  await expect(verify()).rejects.toThrow(/Event \d+ is not what was written/);
  const { page } = guest;
  await page.goto("/audit");
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.getByText("The audit log is not what was written").waitFor();
  await picture("audit-altered");
  expect(guest.complaints).toEqual([]);
});
