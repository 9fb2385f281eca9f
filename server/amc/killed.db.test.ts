import { expect, test } from "vitest";
import { testKey, testSandbox } from "../../tests/support/amazon-user";
import { anAmcOffice } from "../../tests/support/amc-office";
import { amcProcess } from "../../tests/support/amc-process";
import { testDatabase } from "../../tests/support/database";
import { getExecution } from "./list-executions";
import { getResult } from "./read-result";
import { startExecution } from "./start-execution";

const { db, ownerUrl, appUrl } = testDatabase();
const sandbox = testSandbox({ amcPeople: 200, amcRunSeconds: 0 });
const started = () =>
  sandbox()
    .control.calls.list({ operation: "amc.executions.create" })
    .filter(({ status }) => status === 200);

test.each([
  "amc.workflow-created",
  "amc.start-noted",
  "amc.started",
  "amc.succeeded",
  "amc.rows-written",
  "amc.stored",
])(
  "a process that is killed at %s leaves a run that another finishes, at Amazon once and with its rows once",
  async (failpoint) => {
    const { ctx, agencyId, instance, run, clock } = await anAmcOffice({ db, ownerUrl, sandbox: sandbox() });
    const before = started().length;
    const asked = { instanceId: instance.id, templateId: "overlap", window: { kind: "last" as const, days: 14 } };
    const { id: executionId } = await startExecution(ctx, asked);
    const { urls, clientId, clientSecret } = sandbox();
    const place = { urls, clientId, clientSecret };
    const errand = { appUrl, agencyId, executionId, sandbox: place, vaultKey: testKey, now: clock().toISOString() };
    expect(await amcProcess(errand, failpoint)).toBe("SIGKILL");
    await run();
    expect(await ctx.tx((tx) => getExecution(tx, executionId))).toMatchObject({ state: "done", attempts: 1 });
    expect(started().length - before).toBe(1);
    const { rowCount } = await ctx.tx((tx) => getResult(tx, executionId));
    const pieces = await ctx.tx(
      (tx) => tx.sql`select sum(jsonb_array_length(rows))::int as rows from amc_result_pieces
      where execution_id = ${executionId}`,
    );
    expect(pieces[0]?.rows).toBe(rowCount);
  },
  600_000,
);
