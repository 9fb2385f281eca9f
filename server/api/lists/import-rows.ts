// A file of records: each row makes one or changes one. Nothing is written before the whole report is known.
import { z } from "zod";
import type { Command } from "../../core/command";
import type { Ctx, TxCtx } from "../../core/context";
import { AppError } from "../../core/errors";
import type { FileRowAnswer, Resource } from "../../core/resource";
import { describeResource, type ResourceDescription } from "../describe";
import { type ImportAnswer, ImportInput, type ImportMode, type ImportRow } from "./contract";
import type { Item } from "./find-records";
import { type Operation, operation, refusalOf } from "./operation";
import { type Plan, planRows, type Target } from "./plan-import";
import { readCsv } from "./read-csv";

/** `POST /<resource>/import`; null where a file can neither make nor change records. */
export function importOperation(
  resource: Resource,
  all: () => readonly Resource[],
): Operation<typeof ImportInput, ImportAnswer> | null {
  const description = describeResource(resource);
  const isPossible = description.fields.some(({ importable }) => importable) && resource.list && resource.key;
  const writes = [resource.create, resource.fileRow, resource.update].flatMap((one) => one ?? []);
  const permission = writes[0]?.spec.permission ?? Object.values(resource.bulk ?? {})[0]?.permission;
  if (!isPossible || !permission) return null;
  const isOfAgency = writes.length > 0 && writes.every(({ spec }) => !spec.brandOf);
  return operation(
    { name: `${resource.name}.import`, permission, ofAgency: isOfAgency, input: ImportInput },
    async (ctx, { csv, columns, mode }) => {
      const target = { resource, description, all: all() };
      const { headers, plans } = await planRows(ctx, target, { table: readCsv(csv), columns });
      const rows =
        mode === "good" ? await writeEach(ctx, target, plans) : await writeTogether(ctx, target, plans, mode);
      const written = rows.filter((row) => row.written).length;
      if (written > 0) await noteImport(ctx, description, { rows: rows.length, written });
      return { columns: headers, rows, written, errors: rows.filter(({ outcome }) => outcome === "error").length };
    },
  );
}

const noteImport = (ctx: Ctx, { name, title }: ResourceDescription, after: object) =>
  ctx.tx((tx) => tx.audit({ action: "list.imported", target: { type: "list", id: name, label: title }, after }));

async function writeEach(ctx: Ctx, target: Target, plans: readonly Plan[]): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  for (const plan of plans) {
    rows.push(await tryRow(plan, () => ctx.tx((tx) => writeRow(tx, target, plan))));
  }
  return rows;
}

/** Thrown to take everything back. */
class TakenBack extends Error {}

/** All rows in one transaction, which stays only if every row is good; a check never stays. */
async function writeTogether(ctx: Ctx, target: Target, plans: readonly Plan[], mode: ImportMode): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  const work = async (tx: TxCtx) => {
    const acting = mode === "check" ? unnoticed(tx) : tx;
    for (const plan of plans) {
      rows.push(await tryRow(plan, () => acting.attempt((inner) => writeRow(inner, target, plan))));
    }
    if (mode === "check" || rows.some(({ outcome }) => outcome === "error")) throw new TakenBack();
  };
  try {
    await ctx.tx(work);
    return rows;
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
    return rows.map((row) => ({ ...row, written: false }));
  }
}

/** What is taken back again is told to nobody. */
function unnoticed(tx: TxCtx): TxCtx {
  const quiet = async () => {};
  const silent: TxCtx = {
    ...tx,
    audit: quiet,
    enqueue: quiet,
    announce: quiet,
    changed: quiet,
    tx: (work) => work(silent),
    attempt: (work) => tx.attempt((inner) => work(unnoticed(inner))),
  };
  return silent;
}

async function tryRow(plan: Plan, write: () => Promise<Written>): Promise<ImportRow> {
  const { line, label, outcome } = plan;
  if (plan.outcome === "error") {
    const { column, reason, remedy } = plan;
    return { line, label, outcome: "error", ...(column ? { column } : {}), reason, remedy, written: false };
  }
  if (outcome === "unchanged") return { line, label, outcome, written: false };
  try {
    const did = await write();
    return { line, label, outcome: did, written: did !== "unchanged" };
  } catch (error) {
    const { reason, remedy, errors = {} } = refusalOf(error);
    const column = Object.keys(errors).flatMap((path) => plan.headerOf[path.split(".")[0] ?? ""] ?? [])[0];
    const what = { line, label, outcome: "error" as const, reason, written: false };
    return { ...what, ...(column ? { column } : {}), ...(remedy ? { remedy } : {}) };
  }
}

type Written = FileRowAnswer["outcome"];

async function writeRow(ctx: TxCtx, { resource }: Target, plan: Plan): Promise<Written> {
  if (plan.outcome === "error") return "unchanged";
  if (resource.fileRow) return (await resource.fileRow(ctx, plan.values)).outcome;
  if (plan.current) {
    await changeRecord(ctx, resource, { record: plan.current, values: plan.values });
    return "update";
  }
  // What only an update takes is set on the record just made.
  const taken = inputFields(resource.create);
  const create = need(resource.create);
  const record = (await create(
    ctx,
    only(plan.values, (key) => taken.includes(key)),
  )) as Item;
  await changeRecord(ctx, resource, { record, values: only(plan.values, (key) => !taken.includes(key)) });
  return "create";
}

interface RecordChange {
  record: Item;
  values: Record<string, unknown>;
}

async function changeRecord(ctx: TxCtx, resource: Resource, { record, values }: RecordChange): Promise<void> {
  const { own, acts } = split(resource, values);
  if (Object.keys(own).length > 0) await need(resource.update)(ctx, { ...own, id: record.id, version: record.version });
  for (const [name, input] of acts) await resource.bulk?.[name]?.run(ctx, record.id, input);
}

const only = (values: Record<string, unknown>, wanted: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => wanted(key)));

const inputFields = (command: Command | undefined): string[] => {
  const input = command?.spec.input;
  return input instanceof z.ZodObject ? Object.keys(input.shape) : [];
};

function need(command: Command | undefined): Command {
  if (!command) throw new AppError("invalid", "A file cannot do this here.");
  return command;
}

/** What the update sets, and what an act of its own does. */
function split(resource: Resource, values: Record<string, unknown>) {
  const acts = Object.entries(resource.bulk ?? {}).flatMap(([name, { input }]): [string, Record<string, unknown>][] => {
    const fields = Object.entries(values).filter(([key]) => key in input.shape);
    return fields.length > 0 ? [[name, Object.fromEntries(fields)]] : [];
  });
  const acted = new Set(acts.flatMap(([, input]) => Object.keys(input)));
  return { own: only(values, (key) => !acted.has(key)), acts };
}
