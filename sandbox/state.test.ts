import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSandbox } from "./index";
import { aClient, aSandbox, CREATE_TYPE, reportBody, token } from "./test-client";

test("grants, tokens, reports, edits and the clock survive a restart", async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "sandbox-state-"));
  const first = await aSandbox({ stateDir });
  const client = await aClient(first);
  const advertiserId = first.control.world().advertisers[0]?.advertiserId ?? "";
  const account = { "amazon-ads-accountid": advertiserId };
  const campaignId = first.control.world().campaigns[0]?.campaignId ?? "";
  await client.post("/adsApi/v1/update/campaigns", { campaigns: [{ campaignId, name: "Renamed" }] }, account);
  const body = reportBody({
    advertiserId,
    startDate: "2026-07-01",
    endDate: "2026-07-09",
    groupBy: ["campaign"],
    columns: ["date", "orderName", "impressions"],
  });
  const created = await client.post("/reporting/reports", body, { ...account, "content-type": CREATE_TYPE });
  const credentials = first.control.credentials();
  const before = first.control.clock.read();
  await first.close();

  const second = await startSandbox({ port: 0, stateDir, reportDelaySeconds: 0 });
  expect(second.control.clock.read()).toMatchObject({ now: before.now, frozen: true });
  expect(second.control.credentials()).toEqual(credentials);
  const refreshed = await token(second, { grant_type: "refresh_token", refresh_token: client.refreshToken });
  expect(refreshed.status).toBe(200);
  const headers = { authorization: `Bearer ${client.accessToken}`, "amazon-advertising-api-clientid": second.clientId };
  const got = await fetch(`${second.urls.NA}/reporting/reports/${created.json.reportId}`, { headers });
  const report = (await got.json()) as { status: string; url: string };
  expect(report.status).toBe("COMPLETED");
  rmSync(join(stateDir, "reports"), { recursive: true });
  expect(readdirSync(stateDir)).toEqual(["sandbox.json"]);
  await second.close();
  rmSync(stateDir, { recursive: true });
});

test("regional ports follow one another, and a taken port is an error", async () => {
  const free = await aSandbox();
  await expect(startSandbox({ port: free.port })).rejects.toThrow("EADDRINUSE");
  await free.close();
});
