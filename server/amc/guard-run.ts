// Looks at a run before it starts: is the SQL sound, is there an answer already, how much was asked of the same inputs lately.
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { amcLimits, type ResolvedWindow } from "./contract";
import type { AskedQuestion, ExecutionCheck, StartExecution } from "./execution-contract";
import { selectBusy } from "./execution-store";
import { findTemplate } from "./find-template";
import { fingerprintOf } from "./fingerprint";
import { findIdentical, selectOverlapping } from "./guard-store";
import { findInstance, type InstanceRow } from "./instance-store";
import { lintSql } from "./lint-sql";
import { asSimilar } from "./list-executions";
import { isReady } from "./list-instances";
import { readPolicy } from "./policy-store";
import { readValues } from "./read-values";
import { momentsOf, resolveWindow } from "./resolve-window";
import type { ParameterValue } from "./template-contract";

type Wish = Omit<StartExecution, "whenIdentical" | "deadlineHours"> & {
  /** Left out: reuse. */
  whenIdentical?: StartExecution["whenIdentical"];
  /** Left out: the present one. */
  templateVersion?: string | null;
  /** The moment that relative windows are resolved at; left out: now. */
  at?: Date;
};

/** A run that could start: everything about it is settled. */
export interface PlannedRun {
  instance: InstanceRow;
  title: string;
  templateId: string | null;
  templateVersion: string | null;
  question: AskedQuestion;
  values: Record<string, ParameterValue>;
  window: ResolvedWindow;
  tables: string[];
  fingerprint: string;
}

const dayMs = 24 * 3_600_000;

/** @param lint of many runs of one question: one that remembers @throws {AppError} not_found, invalid where parameters or the window do not fit, precondition where the instance cannot be asked */
export async function planRun(
  tx: TxCtx,
  wish: Wish,
  lint = lintSql,
): Promise<{ run: PlannedRun; check: ExecutionCheck }> {
  const instance = await findInstance(tx, wish.instanceId, "amc.write");
  if (!instance) throw notFound("This AMC instance");
  if (!isReady(instance)) {
    throw new AppError("precondition", `The AMC instance "${instance.name}" is not ready (${instance.status}).`, {
      remedy: "Wait until Amazon has made it, or choose another.",
    });
  }
  const { title, question, templateId, templateVersion } = await questionOf(tx, wish);
  const { values, problems } = readValues(question.parameters, wish.values);
  const window = resolveWindow(wish.window, { timeZone: instance.timeZone, now: wish.at ?? tx.now() });
  if (window.from > window.to) problems.window = "The last day comes before the first.";
  if (Object.keys(problems).length > 0) {
    throw new AppError("invalid", `Some parameters do not fit: ${Object.keys(problems).join(", ")}.`, {
      fields: problems,
      remedy: "Correct the fields named.",
    });
  }
  const linted = await lint(question.sql, {
    parameters: question.parameters,
    tables: instance.tables,
    until: { windowEnd: momentsOf(window).end, now: tx.now() },
  });
  const fingerprint = fingerprintOf({ sql: question.sql, values, window });
  const run = {
    instance,
    title,
    templateId,
    templateVersion,
    question: { ...question, window: wish.window },
    values,
    window,
    tables: linted.tables,
    fingerprint,
  };
  const check = await judge(tx, run, wish.whenIdentical ?? "reuse");
  return { run, check: { ...check, problems: linted.problems } };
}

type Question = Omit<Wish, "instanceId" | "window" | "whenIdentical" | "at">;

/** @throws {AppError} not_found, invalid where neither SQL nor a template is given */
export async function questionOf(tx: TxCtx, { templateId, templateVersion, title, ...own }: Question) {
  const template = templateId ? await findTemplate(tx, templateId, templateVersion) : null;
  if (template && own.columns) {
    const fields = { columns: "Leave them out, or ask with SQL of your own and no template." };
    throw new AppError("invalid", "A template says itself what its columns are.", { fields });
  }
  const sql = own.sql ?? template?.definition.sql;
  if (!sql) throw new AppError("invalid", "Give a template or SQL.", { fields: { sql: "Write the question in SQL." } });
  const question: AskedQuestion = {
    question: template?.definition.question ?? "",
    sql,
    parameters: own.parameters ?? template?.definition.parameters ?? [],
    columns: own.columns ?? template?.definition.columns ?? [],
    chart: own.chart ?? template?.definition.chart ?? { kind: "table" },
  };
  return {
    title: title ?? template?.definition.title ?? "SQL of one's own",
    question,
    templateId: template?.id ?? null,
    templateVersion: template?.version ?? null,
  };
}

async function judge(
  tx: TxCtx,
  { instance, fingerprint, window, tables }: PlannedRun,
  whenIdentical: StartExecution["whenIdentical"],
): Promise<Omit<ExecutionCheck, "problems">> {
  const policy = await readPolicy(tx);
  const now = tx.now().getTime();
  const freshSince = new Date(now - policy.freshHours * 3_600_000);
  const identical =
    policy.freshHours > 0 ? await findIdentical(tx, { instanceId: instance.id, fingerprint, freshSince }) : null;
  const inputs = { instanceId: instance.id, tables, from: window.from, to: window.to };
  const overlapping = await selectOverlapping(tx, inputs, new Date(now - dayMs));
  const busy = await selectBusy(tx);
  const ruling = overlapping.total > policy.mostOverlapping ? policy.whenOver : "start";
  return {
    window,
    identical: identical && asSimilar(identical),
    overlapping: overlapping.rows.map(asSimilar),
    overlaps: overlapping.total,
    verdict: identical && whenIdentical === "reuse" ? "reuse" : ruling,
    load: {
      instance: busy.filter((run) => run.instanceId === instance.id).length,
      account: busy.filter((run) => run.accountId === instance.accountId).length,
      ...amcLimits,
    },
  };
}

/** @throws {AppError} invalid with the first error's place, limit where the policy refuses */
export function requireAllowed({ problems, verdict, overlapping, overlaps }: ExecutionCheck): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first) {
    const fields = Object.fromEntries(
      errors.map(({ line, column, message, fix }) => [`sql:${line}:${column}`, `${message} ${fix}`]),
    );
    const more = errors.length > 1 ? ` There are ${errors.length} such places.` : "";
    throw new AppError("invalid", `AMC would refuse this SQL, at line ${first.line}: ${first.message}${more}`, {
      fields,
      remedy: first.fix,
    });
  }
  if (verdict !== "refuse") return;
  throw new AppError("limit", `${overlaps} runs of the last day asked for the same tables and days.`, {
    remedy: "Use one of their results, wait until tomorrow, or have the agency's AMC policy changed.",
    present: { overlapping },
  });
}
