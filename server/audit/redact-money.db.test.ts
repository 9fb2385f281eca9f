import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { generateKey } from "../core/crypto/fernet";
import { createVault } from "../core/crypto/vault";
import { wholeList } from "../core/query";
import { beginExport, exportLines, matchingEvents } from "./export-events";
import { getAuditEvent, listAuditEvents } from "./list-events";
import { verifyExport } from "./verify-export";

const { db } = testDatabase();
const folder = mkdtempSync(join(tmpdir(), "tidemark-audit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const services = { vault: createVault({ keys: [generateKey()] }), checkpointFolder: folder };
const source = aSource(db, { clock: aClock(), services });

test("amounts in the log are hidden from who may not see the brand's money: in lists, events and files, which still prove themselves", async () => {
  const agencyId = await anAgency(db);
  const [open, closed] = [await aBrand(db, agencyId), await aBrand(db, agencyId)];
  const owner = aCtx(source, agencyId, { memberships: asOwner });
  const reader = aCtx(source, agencyId, {
    memberships: [
      { brandId: open, role: "custom", permissions: ["audit.read", "money.read"] },
      { brandId: closed, role: "custom", permissions: ["audit.read"] },
    ],
  });
  await owner.tx(async (tx) => {
    for (const brandId of [open, closed]) {
      const target = { type: "campaign", id: randomUUID(), label: "Summer" };
      const before = { budget: "7770000", name: "Old" };
      const after = { budget: "8880000", name: "New", outcome: "refused: must be below 9990000" };
      await tx.audit({ action: "campaign.change_refused", target, brandId, before, after });
    }
  });
  const { items } = await reader.tx((tx) => listAuditEvents(tx, wholeList()));
  const [seen, unseen] = [open, closed].map((id) => items.find(({ brandId }) => brandId === id));
  expect(seen?.after).toEqual({ budget: "8880000", name: "New", outcome: "refused: must be below 9990000" });
  expect([unseen?.before, unseen?.after]).toEqual([
    { budget: "hidden", name: "Old" },
    { budget: "hidden", name: "New", outcome: "refused" },
  ]);
  expect(await reader.tx((tx) => getAuditEvent(tx, unseen?.id ?? ""))).toEqual(unseen);
  const whole = await owner.tx((tx) => getAuditEvent(tx, unseen?.id ?? ""));
  expect(whole.after).toMatchObject({ budget: "8880000" });

  const options = { query: wholeList(), format: "jsonl" as const, asked: "" };
  const end = await beginExport(reader, options);
  const rows = [];
  for await (const row of matchingEvents(reader, options.query, end)) rows.push(row);
  expect(rows.map(({ brandId, after }) => [brandId, after?.budget])).toEqual([
    [open, "8880000"],
    [closed, "hidden"],
  ]);
  const lines = [];
  for await (const line of exportLines(reader, options, end)) lines.push(line);
  expect(lines.filter((line) => line.includes("8880000")).length).toBe(1);
  expect(await verifyExport(Readable.from(lines))).toMatchObject({ problems: [] });
});
