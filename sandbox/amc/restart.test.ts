import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { startSandbox } from "../index";
import { aSandbox } from "../test-client";
import { anInstance, readCsv, SMALL } from "./test-instance";

// The first query on an instance makes its events: long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

test("instances, workflows, results and runs that were cut off survive a restart", async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "sandbox-amc-"));
  const options = { stateDir, months: 3, ...SMALL, amcPeople: 300, amcRunSeconds: 0 };
  const first = await aSandbox(options);
  const before = await anInstance(first);
  const sqlQuery = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign";
  await before.send("POST", "/workflows", { workflowId: "kept", sqlQuery });
  const done = (await before.start({ workflowId: "kept" })).json.workflowExecutionId;
  await before.ended(done);
  first.control.settings.set({ amcRunSeconds: 3600 });
  const cut = (await before.start({ workflowId: "kept" })).json.workflowExecutionId;
  await before.client.send("POST", "/amc/instances", { headers: before.headers, body: { instanceName: "Brand New" } });
  await first.close();

  const second = await startSandbox({ port: 0, ...options });
  const after = await anInstance(second);
  expect((await after.get("/workflows/kept")).json.sqlQuery).toBe(sqlQuery);
  expect((await after.ended(cut)).json.status).toBe("SUCCEEDED");
  const read = async (id: string) =>
    readCsv((await after.get(`/workflowExecutions/${id}/downloadUrls`)).json.downloadUrls[0]);
  const rows = await read(done);
  expect(rows.length).toBeGreaterThan(0);
  expect(await read(cut)).toEqual(rows);
  const { instances } = (await after.client.get("/amc/instances", after.headers)).json;
  expect(instances.map(({ instanceName }: { instanceName: string }) => instanceName)).toContain("Brand New");
  await second.close();
  rmSync(stateDir, { recursive: true });
});
