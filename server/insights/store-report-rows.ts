import type { RowBatch } from "../amazon";
import type { TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { addMissing, nameCreatives } from "./entity-store";
import { lockAccount, type MergeCounts, mergeStaged } from "./fact-store";
import { isReportTypeId, type ReportType, rollupSource } from "./report-types";
import { type ReportRun, stageRows } from "./stage-rows";
import { keepVersions } from "./version-store";

export interface ReportTarget {
  type: ReportType;
  run: ReportRun;
  /** Asked when the rows are here and the account is locked. */
  stillWanted?(): Promise<boolean>;
}

/**
 * Makes the facts of the run's days what the rows say, with revisions, rollups, coverage and kept rejects: any sequence of
 * overlapping answers leaves what the newest of them says. Memory is flat in the number of rows.
 * @returns null where the rows are no longer wanted
 */
export async function storeReportRows(
  tx: TxCtx,
  { type, run, stillWanted }: ReportTarget,
  batches: AsyncIterable<RowBatch>,
): Promise<MergeCounts | null> {
  if (!isReportTypeId(type.id)) throw new Error(`No report type is called ${type.id}.`);
  const staged = await stageRows(tx, { type, run }, batches);
  failpoint("collect.streamed");
  await lockAccount(tx, run.accountId);
  if (stillWanted && !(await stillWanted())) return null;
  const counts = await mergeStaged(tx, { type: type.id, run }, staged);
  if (type.id === rollupSource) {
    await keepVersions(tx, run);
    // The campaign report names whatever the others split.
    if (counts.rowsChanged > 0) await addMissing(tx, run.accountId, run.range);
  }
  await nameCreatives(tx, run.accountId, staged.creatives);
  return counts;
}
