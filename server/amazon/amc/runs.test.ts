import { expect, test } from "vitest";
import { json, scriptedAmazon } from "../../../tests/support/scripted-amazon";

const instance = {
  region: "NA",
  accessToken: "Atza|x",
  owner: { accountId: "ENTITY1", marketplaceId: "ATVPDKIKX0DER" },
  instanceId: "amcabc",
} as const;
const run = { workflowExecutionId: "e-1", workflowId: "w.1", status: "PENDING", outputColumns: null };
const start = {
  ...instance,
  workflowId: "w.1",
  window: { start: "2026-06-01T00:00:00", end: "2026-06-08T00:00:00", timeZone: "America/New_York" },
  parameterValues: { campaigns: ["1", "2"] },
  timeoutSeconds: 21_600,
};

test("a run is started under its instance with an explicit window, and read flat or wrapped", async () => {
  const { amazon, sent } = scriptedAmazon(json(run), json({ workflowExecution: { ...run, status: "SOMETHING_NEW" } }));
  expect(await amazon.amc.startRun(start)).toMatchObject({ workflowExecutionId: "e-1", status: "PENDING" });
  const read = await amazon.amc.getRun({ ...instance, executionId: "e-1" });
  expect(read.status).toBe("SOMETHING_NEW");
  expect(sent[0]).toMatchObject({ method: "POST" });
  expect(sent[0]?.url.pathname).toBe("/amc/reporting/amcabc/workflowExecutions");
  expect(sent[0]?.headers.get("amazon-advertising-api-advertiserid")).toBe("ENTITY1");
  expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
    workflowId: "w.1",
    timeWindowType: "EXPLICIT",
    timeWindowStart: "2026-06-01T00:00:00",
    timeWindowEnd: "2026-06-08T00:00:00",
    timeWindowTimeZone: "America/New_York",
    parameterValues: { campaigns: ["1", "2"] },
    workflowExecutionTimeoutSeconds: 21_600,
  });
});

test("a workflow that exists is no failure, and one that is gone is deleted", async () => {
  const { amazon, sent } = scriptedAmazon(
    json({ code: "400", details: "Workflow with ID w.1 already exists." }, 400),
    json({ code: "404", details: "no such workflow" }, 404),
    json({ code: "400", details: "the query does not parse" }, 400),
  );
  const workflow = { workflowId: "w.1", sqlQuery: "SELECT 1" };
  expect(await amazon.amc.createWorkflow({ ...instance, workflow })).toBe("exists");
  await amazon.amc.deleteWorkflow({ ...instance, workflowId: "w.1" });
  expect(sent[1]?.method).toBe("DELETE");
  await expect(amazon.amc.createWorkflow({ ...instance, workflow })).rejects.toMatchObject({ kind: "rejected" });
});

test("runs of a workflow are listed with those that were cancelled, page by page", async () => {
  const { amazon, sent } = scriptedAmazon(
    json({ executions: [run], nextToken: "t" }),
    json({ executions: [{ ...run, workflowExecutionId: "e-0", status: "CANCELLED" }] }),
  );
  const runs = await amazon.amc.listRuns({ ...instance, workflowId: "w.1" });
  expect(runs.map(({ workflowExecutionId }) => workflowExecutionId)).toEqual(["e-1", "e-0"]);
  expect(sent[1]?.url.search).toBe("?workflowId=w.1&includeCancelled=true&limit=100&nextToken=t");
});

test("cancelling is a change of the run, answered with nothing", async () => {
  const { amazon, sent } = scriptedAmazon(new Response(""));
  await amazon.amc.cancelRun({ ...instance, executionId: "e-1" });
  expect(sent[0]).toMatchObject({ method: "PUT", body: '{"status":"CANCELLED"}' });
});

async function rowsOf(...answers: Response[]) {
  const { amazon, sent } = scriptedAmazon(...(answers as [Response]));
  const batches = [];
  for await (const batch of amazon.amc.downloadResult({ ...instance, executionId: "e-1" })) batches.push(batch);
  return { batches, sent };
}
const urls = (...names: string[]) => json({ downloadUrls: names.map((name) => `https://b.s3.amazonaws.com/${name}`) });

test("a result is read in batches, quotes and all, and without our token", async () => {
  const lines = Array.from({ length: 1_200 }, (_, index) => `"a, ""b""",${index}`);
  const { batches, sent } = await rowsOf(urls("1.csv"), new Response(`campaign,users\n${lines.join("\n")}\n`));
  expect(batches.map(({ rows }) => rows.length)).toEqual([500, 500, 200]);
  expect(batches[2]?.columns).toEqual(["campaign", "users"]);
  expect(batches[2]?.rows[199]).toEqual(['a, "b"', "1199"]);
  expect(sent[1]?.headers.get("authorization")).toBeNull();
});

test("a result without rows still tells its columns, and an empty value is none", async () => {
  expect((await rowsOf(urls("1.csv"), new Response("a,b\n"))).batches).toEqual([{ columns: ["a", "b"], rows: [] }]);
  const { batches } = await rowsOf(urls("1.csv"), new Response("a,b\n,2\n"));
  expect(batches[0]?.rows).toEqual([[null, "2"]]);
});

test("a result's dead address, foreign host and broken file are told apart", async () => {
  const dead = new Response("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", {
    status: 403,
  });
  await expect(rowsOf(urls("1.csv"), dead)).rejects.toMatchObject({ kind: "url_expired" });
  const elsewhere = json({ downloadUrls: ["https://example.com/1.csv"] });
  await expect(rowsOf(elsewhere)).rejects.toMatchObject({ kind: "rejected" });
  await expect(rowsOf(urls("1.csv"), new Response("a,b\n1\n"))).rejects.toMatchObject({ kind: "unexpected_shape" });
  await expect(rowsOf(urls("1.csv"), new Response(""))).rejects.toMatchObject({ kind: "unexpected_shape" });
});
