import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import type { AmcWindow } from "./contract";
import type { AmcExecution, SimilarRun } from "./execution-contract";
import { type ExecutionRow, type SeenExecution, selectExecutions } from "./execution-store";

export async function listExecutions(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcExecution>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectExecutions(tx, query);
  return { items: rows.map(show), total };
}

/** @throws {AppError} not_found */
export async function getExecution(tx: TxCtx, id: string): Promise<AmcExecution> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const [execution] = (await listExecutions(tx, { ...wholeList(1), filters: [byId] })).items;
  if (!execution) throw notFound("This run");
  return execution;
}

export const windowOfRun = ({ windowFrom, windowTo, timeZone }: ExecutionRow) => ({
  from: windowFrom,
  to: windowTo,
  timeZone,
});

export const asSimilar = (row: ExecutionRow): SimilarRun => ({
  id: row.id,
  title: row.title,
  state: row.state,
  window: windowOfRun(row),
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
});

function show({ execution: row, instance, brandName, rows, suppressed }: SeenExecution): AmcExecution {
  return {
    id: row.id,
    title: row.title,
    instanceId: row.instanceId,
    instanceName: instance.name,
    brandId: instance.brandId,
    brandName,
    templateId: row.templateId,
    templateVersion: row.templateVersion,
    scheduleId: row.scheduleId,
    batchId: row.batchId,
    origin: row.origin,
    state: row.state,
    amazonStatus: row.amazonStatus,
    note: row.note,
    sql: row.question.sql,
    parameters: row.question.parameters,
    columns: row.question.columns,
    chart: row.question.chart,
    values: row.values,
    window: windowOfRun(row),
    asked: askedWindow(row),
    attempts: row.attempts,
    amazonExecutionId: row.amazonExecutionId,
    rows,
    suppressed: shareOfUsers(row, suppressed),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Of a backfill nobody asked for the week seven before the latest: a run of it is about its days. */
function askedWindow({ origin, question, windowFrom: from, windowTo: to }: ExecutionRow): AmcWindow {
  return origin === "backfill" || !question.window ? { kind: "days", from, to } : question.window;
}

function shareOfUsers({ question }: ExecutionRow, suppressed: SeenExecution["suppressed"]): number | null {
  if (!suppressed?.known) return null;
  const users = new Set(question.columns.filter(({ unit }) => unit === "users").map(({ name }) => name));
  return suppressed.measures.find(({ column }) => users.has(column))?.share ?? null;
}
