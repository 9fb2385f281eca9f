// A question asked as a person asks it, and its answer as Amazon lets it be downloaded beside what the product keeps of it.
import { readCsv } from "../../../sandbox/amc/test-instance";
import { aClient } from "../../../sandbox/test-client";
import type { AmcExecution, StartExecution, StartedExecution } from "../../../server/amc/execution-contract";
import { getExecution } from "../../../server/amc/list-executions";
import { listResultRows } from "../../../server/amc/read-result";
import type { ResultValue } from "../../../server/amc/result-contract";
import { startExecution } from "../../../server/amc/start-execution";
import { isLedgerColumn, ledgerColumns } from "../../../server/amc/suppression";
import { wholeList } from "../../../server/core/query";
import { type AmcSoakPlace, window } from "./place";

/** A row as it stands in Amazon's file, by column. */
export type FileRow = Record<string, string>;
export type Question = Partial<Pick<StartExecution, "templateId" | "sql" | "values">>;

export const ask = ({ office: { ctx, instance } }: AmcSoakPlace, question: Question): Promise<StartedExecution> =>
  startExecution(ctx, { instanceId: instance.id, window, ...question });

/** Does all that waits, and looks how the run ended. */
export async function outcomeOf({ office: { ctx, run } }: AmcSoakPlace, id: string): Promise<AmcExecution> {
  await run();
  return ctx.tx((tx) => getExecution(tx, id));
}

/** By a client that has nothing of ours. @returns all rows, also that of what was hidden */
export async function download(place: AmcSoakPlace, { amazonExecutionId }: AmcExecution): Promise<FileRow[]> {
  const { amazonId, accountId, marketplaceId } = place.office.instance;
  const client = await aClient(place.sandbox);
  const path = `/amc/reporting/${amazonId}/workflowExecutions/${amazonExecutionId}/downloadUrls`;
  const { status, json, text } = await client.get(path, {
    "Amazon-Advertising-API-AdvertiserId": accountId,
    "Amazon-Advertising-API-MarketplaceId": marketplaceId,
  });
  if (status !== 200) throw new Error(`the download of ${amazonExecutionId} was answered with ${status}: ${text}`);
  return readCsv(json.downloadUrls[0]);
}

/** @returns how what is kept differs from the file's rows that are not hidden; null: not at all */
export async function differenceFromFile(place: AmcSoakPlace, run: AmcExecution): Promise<string | null> {
  if (run.state !== "done") return `it ended as ${run.state}: ${run.note}`;
  const rows = (await download(place, run)).filter((row) => row[ledgerColumns.hidden]?.toLowerCase() !== "true");
  const filters = [{ field: "executionId", operator: "eq" as const, values: [run.id] }];
  const { items } = await place.office.ctx.tx((tx) => listResultRows(tx, { ...wholeList(1_000_000), filters }));
  if (items.length !== rows.length || run.rows !== rows.length)
    return `${items.length} rows kept, ${run.rows} said, ${rows.length} in the file`;
  for (const [at, row] of rows.entries()) {
    for (const [column, text] of Object.entries(row)) {
      const kept = items[at]?.values[column];
      if (!isLedgerColumn(column) && !isSame(text, kept))
        return `row ${at + 1}, ${column}: ${kept} kept, ${text} in the file`;
    }
  }
  return null;
}

/** Amazon writes null as nothing. */
function isSame(text: string, kept: ResultValue | undefined): boolean {
  if (kept === null) return text === "";
  return typeof kept === "number"
    ? text !== "" && Number(text) === kept
    : text.toLowerCase() === String(kept).toLowerCase();
}
