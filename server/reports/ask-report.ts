// A question to Amazon: asked, asked again, deleted with its answer.
import { z } from "zod";
import { command } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { dayIn } from "../insights";
import { customReportType } from "./catalogue";
import type { CustomReport } from "./contract";
import { getReport } from "./list-reports";
import { type Problems, problemsOf, Question } from "./question-contract";
import { enqueueStep } from "./step-ask";
import {
  type AccountRow,
  deleteReport,
  findReport,
  insertReport,
  type ReportRow,
  selectAskable,
  selectAsks,
} from "./store";

const ReportId = z.strictObject({ id: z.string() });

export const askReport = command({
  name: "custom-report.ask",
  permission: "reports.write",
  input: Question,
  brandOf: () => "anyBrand",
  run: async (tx, question) => {
    const accounts = await accountsOf(tx, question.accountIds);
    refuse(problemsFor(tx, question, accounts));
    return begin(tx, question, accounts);
  },
});

/** The same question once more, as a report of its own: the former answer stays. */
export const askReportAgain = command({
  name: "custom-report.again",
  permission: "reports.write",
  input: ReportId,
  brandOf: () => "anyBrand",
  run: async (tx, { id }) => {
    const report = await findReport(tx, id);
    if (!report) throw notFound("This report");
    const asked = (await selectAsks(tx, [id])).map(({ account }) => account.id);
    const question = questionOf(report, asked);
    const accounts = await accountsOf(tx, asked);
    refuse(problemsFor(tx, question, accounts));
    return begin(tx, question, accounts);
  },
});

export const deleteCustomReport = command({
  name: "custom-report.delete",
  permission: "reports.write",
  input: ReportId,
  brandOf: () => "anyBrand",
  run: async (tx, { id }) => {
    const report = await findReport(tx, id);
    if (!report) throw notFound("This report");
    await accountsOf(
      tx,
      (await selectAsks(tx, [id])).map(({ account }) => account.id),
    );
    await deleteReport(tx, id);
    await tx.changed("custom-reports", [id]);
    return { result: {}, audit: entry(report, "custom_report.deleted") };
  },
});

/** @throws {AppError} where the actor may not ask for one of them */
async function accountsOf(tx: TxCtx, ids: readonly string[]): Promise<AccountRow[]> {
  const found = await selectAskable(tx, ids);
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing < 0) return found;
  throw new AppError("invalid", "Reports cannot be asked for all of these accounts.", {
    fields: { accountIds: `Number ${missing + 1} of them is no DSP advertiser for which you may ask for reports.` },
    remedy: "Choose accounts of your brands; an owner or admin can give you the right to reports of others.",
  });
}

function problemsFor(tx: TxCtx, question: Question, accounts: readonly AccountRow[]): Problems {
  const type = customReportType(question.type);
  if (!type) return { type: "There is no such report type." };
  return Object.assign({}, ...accounts.map(({ timeZone }) => problemsOf(type, question, dayIn(timeZone, tx.now()))));
}

function refuse(problems: Problems): void {
  const names = Object.keys(problems);
  if (names.length === 0) return;
  throw new AppError("invalid", `Amazon would refuse this report: ${names.join(", ")}.`, {
    fields: problems as Record<string, string>,
    remedy: "Correct the fields named.",
  });
}

const questionOf = (report: ReportRow, accountIds: string[]): Question => ({
  name: report.name,
  type: report.type,
  groupBy: report.groupBy,
  columns: report.columns,
  timeUnit: report.timeUnit,
  from: report.rangeStart,
  to: report.rangeEnd,
  accountIds,
});

async function begin(
  tx: TxCtx,
  { accountIds, from, to, ...asked }: Question,
  accounts: readonly AccountRow[],
): Promise<{ result: CustomReport; audit: AuditEntry }> {
  const values = { ...asked, rangeStart: from, rangeEnd: to, createdBy: actorName(tx.actor) };
  const report = await insertReport(tx, values, accountIds);
  for (const accountId of accountIds) await enqueueStep(tx, { reportId: report.id, accountId });
  await tx.changed("custom-reports", [report.id]);
  const after = { ...asked, from, to, accounts: accounts.map(({ name }) => name).join(", ") };
  return { result: await getReport(tx, report.id), audit: { ...entry(report, "custom_report.asked"), after } };
}

const entry = ({ id, name }: ReportRow, action: string): AuditEntry => ({
  action,
  target: { type: "custom-report", id, label: name },
});
