import { parse } from "csv-parse/sync";
import type { RunningSandbox } from "../index";
import { type Answer, aClient, type TestClient } from "../test-client";

// For tests of AMC: one account's headers and one instance, and a query from asking to reading.

export interface TestInstance {
  client: TestClient;
  instanceId: string;
  headers: Record<string, string>;
  advertiserId: string;
  get(path: string): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  start(body: object): Promise<Answer>;
  /** Polls until the execution has ended. */
  ended(executionId: string): Promise<Answer>;
  /** The rows of a query, by column. */
  rows(sqlQuery: string, more?: { workflow?: object; execution?: object }): Promise<Record<string, string>[]>;
}

/** Few leaves: events are made in a second. */
export const SMALL = { adGroupsPerCampaign: 1, adsPerAdGroup: 2 };

const SUMMER = {
  timeWindowType: "EXPLICIT",
  timeWindowStart: "2026-05-01T00:00:00",
  timeWindowEnd: "2026-06-01T00:00:00",
  timeWindowTimeZone: "America/New_York",
};

/** `at` counts the instances of the first account. */
export async function anInstance(sandbox: RunningSandbox, at = 0): Promise<TestInstance> {
  const client = await aClient(sandbox);
  const account = sandbox.control.world().amc[0];
  const instance = account?.instances[at];
  if (!account || !instance) throw new Error("no such instance");
  const headers = {
    "Amazon-Advertising-API-AdvertiserId": account.accountId,
    "Amazon-Advertising-API-MarketplaceId": account.marketplaceId,
    "Amazon-Marketing-Cloud-Audience-InstanceId": instance.instanceId,
  };
  const reporting = `/amc/reporting/${instance.instanceId}`;
  const get = (path: string) => client.get(reporting + path, headers);
  const send = (method: string, path: string, body?: unknown) =>
    client.send(method, reporting + path, { body, headers });
  const start = (body: object) => send("POST", "/workflowExecutions", { ...SUMMER, ...body });
  const ended = async (executionId: string) => {
    for (;;) {
      const answer = await get(`/workflowExecutions/${executionId}`);
      if (!["PENDING", "RUNNING"].includes(answer.json.status)) return answer;
    }
  };
  return {
    client,
    instanceId: instance.instanceId,
    headers,
    advertiserId: instance.advertiserIds[0] ?? "",
    get,
    send,
    start,
    ended,
    async rows(sqlQuery, { workflow = {}, execution = {} } = {}) {
      const created = await start({ workflow: { sqlQuery, ...workflow }, ...execution });
      if (created.status !== 200) throw new Error(`create answered ${created.status}: ${created.text}`);
      const id = created.json.workflowExecutionId;
      const { json } = await ended(id);
      if (json.status !== "SUCCEEDED") throw new Error(`${json.status}: ${json.statusReason}`);
      return readCsv((await get(`/workflowExecutions/${id}/downloadUrls`)).json.downloadUrls[0]);
    },
  };
}

export async function readCsv(url: string): Promise<Record<string, string>[]> {
  return parse(await (await fetch(url)).text(), { columns: true });
}
