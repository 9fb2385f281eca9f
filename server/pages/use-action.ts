// Using a custom action: for each record a run is written, and a job that sends it, in one transaction.
import { randomUUID } from "node:crypto";
import { command, forbidden } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { ActionMove, ActionUse, type CustomAction, readForm } from "./action-contract";
import { composeBody, seesMoney } from "./compose-call";
import type { ListedResource } from "./contract";
import { getAction } from "./list-actions";
import { requireSound } from "./require-sound";
import type { UseAnswer, UseResult } from "./run-contract";
import { insertRun } from "./run-store";
import { enqueueRun } from "./send-run";
import type { FoundRecord } from "./services";

/** One result a record: one that may not be acted on holds the others not up. */
export const useAction = command({
  name: "custom-action.use",
  permission: "actions.write",
  input: ActionUse,
  brandOf: () => "anyBrand",
  run: async (tx, { id, recordIds, input }): Promise<{ result: UseAnswer; audit: AuditEntry[] }> => {
    const action = await getAction(tx, id);
    const { values, problems } = readForm(action.form, input);
    requireSound("form", Object.fromEntries(Object.entries(problems).map(([key, why]) => [`input.${key}`, why])));
    const list = requireList(tx, action);
    const found = await tx.services.catalogue.find(tx, action.resource, recordIds);
    const results: UseResult[] = [];
    const audit: AuditEntry[] = [];
    for (const recordId of new Set(recordIds)) {
      const record = found.get(recordId) ?? null;
      const refusal = refusalOf(tx, action, record);
      if (refusal || !record) {
        results.push({ id: recordId, label: record?.label ?? null, outcome: "failed", ...refusal });
        continue;
      }
      const runId = await begin(tx, { action, list, record, input: values, test: false });
      results.push({ id: recordId, label: record.label, outcome: "done", runId });
      audit.push(entry(action, record, { run: runId, input: values }));
    }
    await tx.changed("custom-action-runs");
    const failed = results.filter(({ outcome }) => outcome === "failed").length;
    return { result: { results, done: results.length - failed, failed }, audit };
  },
});

/** One call that says that it is a test, with a record that the actor sees and with made-up words in the form. */
export const testAction = command({
  name: "custom-action.test",
  permission: "pages.write",
  input: ActionMove,
  run: async (tx, { id }) => {
    const action = await getAction(tx, id);
    const list = requireList(tx, action);
    const record = await tx.services.catalogue.findAny(tx, action.resource);
    const input = Object.fromEntries(action.form.map((field) => [field.key, sampleOf(field, tx.now())]));
    const runId = await begin(tx, { action, list, record, input, test: true });
    await tx.changed("custom-action-runs");
    return {
      result: { runId },
      audit: { action: "custom-action.tested", target: { type: "custom-action", id, label: action.label } },
    };
  },
});

function requireList(tx: TxCtx, action: CustomAction): ListedResource {
  const list = tx.services.catalogue.describe(action.resource);
  if (!list) throw notFound("The list that this action is for");
  return list;
}

/** Both permissions are needed for the record's own brand; what belongs to no brand needs them for all. */
function refusalOf(
  tx: TxCtx,
  { permission }: CustomAction,
  record: FoundRecord | null,
): Pick<UseResult, "reason" | "remedy"> | null {
  if (!record) return { reason: "This record was not found." };
  const missing = (["actions.write", permission] as const).find((needed) => !tx.can(needed, record.brandId));
  if (!missing) return null;
  const { message, remedy } = forbidden(missing, tx.actor);
  return { reason: message, ...(remedy ? { remedy } : {}) };
}

async function begin(tx: TxCtx, call: Parameters<typeof composeBody>[1]): Promise<string> {
  const { action, record, input, test } = call;
  const body = await composeBody(tx, call);
  if (Buffer.byteLength(body) > mostBodyBytes) {
    throw new AppError("invalid", `The call would be longer than ${mostBodyBytes / 1024} kB.`, {
      remedy: "Have the action send fewer fields.",
    });
  }
  const id = randomUUID();
  const brandId = record?.brandId ?? null;
  await insertRun(tx, {
    id,
    actionId: action.id,
    actionLabel: action.label,
    brandId,
    targetType: action.resource,
    targetId: record?.id ?? "",
    targetLabel: record?.label ?? "",
    input,
    body,
    holdsMoney: seesMoney(tx, brandId),
    isTest: test,
    startedBy: actorName(tx.actor),
  });
  await enqueueRun(tx, { id, actionId: action.id });
  return id;
}

const mostBodyBytes = 64 * 1024;

function sampleOf({ kind, choices }: CustomAction["form"][number], now: Date): unknown {
  switch (kind) {
    case "text":
    case "lines":
      return "A test";
    case "number":
      return 1;
    case "date":
      return now.toISOString().slice(0, 10);
    case "choice":
      return choices?.[0] ?? null;
    case "boolean":
      return true;
    default:
      return kind satisfies never;
  }
}

const entry = (action: CustomAction, record: FoundRecord, after: object): AuditEntry => ({
  action: "custom-action.used",
  target: { type: "custom-action", id: action.id, label: action.label },
  brandId: record.brandId,
  after: { record: record.label, recordId: record.id, ...after },
});
