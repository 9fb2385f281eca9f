// One act on many records, with an answer for each.
import { parseInput } from "../../core/command";
import type { Ctx, Permission } from "../../core/context";
import { AppError } from "../../core/errors";
import type { Resource } from "../../core/resource";
import { describeResource } from "../describe";
import { type BulkAnswer, BulkInput, type BulkResult } from "./contract";
import { findByIds, findMatching, type Item, labelOfItem } from "./find-records";
import { type Operation, operation, refusalOf } from "./operation";

type Values = Record<string, unknown>;
type Act = (ctx: Ctx, id: string, input: Values) => Promise<BulkResult["undo"] | null>;

/** `POST /<resource>/bulk`; null where nothing can be done to many. */
export function bulkOperation(resource: Resource): Operation<typeof BulkInput, BulkAnswer> | null {
  const actions = describeResource(resource).actions.filter(({ bulk }) => bulk);
  const [first] = actions;
  if (!first) return null;
  const permission = first.permission as Permission;
  return operation({ name: `${resource.name}.bulk`, permission, input: BulkInput }, async (ctx, asked) => {
    const names = actions.map(({ name }) => name);
    if (!names.includes(asked.action)) {
      const why = `Choose one of: ${names.join(", ")}.`;
      throw new AppError("invalid", "This cannot be done to many records.", { fields: { action: why }, remedy: why });
    }
    const act = actOf(resource, asked.action);
    const results: BulkResult[] = [];
    for (const row of await rowsOf(ctx, resource, asked)) results.push(await doOne(ctx, act, row));
    const failed = results.filter(({ outcome }) => outcome === "failed").length;
    return { results, done: results.length - failed, failed };
  });
}

interface Row {
  id: string;
  item: Item | undefined;
  input: Values;
}

async function rowsOf(ctx: Ctx, resource: Resource, asked: BulkInput): Promise<Row[]> {
  const input = asked.input ?? {};
  if (asked.matching) {
    const found = await findMatching(ctx, resource, asked.matching);
    return [...found].map(([id, item]) => ({ id, item, input }));
  }
  const rows = asked.rows ?? [...new Set(asked.ids ?? [])].map((id) => ({ id, input }));
  const found = await findByIds(
    ctx,
    resource,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, item: found.get(row.id) }));
}

async function doOne(ctx: Ctx, act: Act, { id, item, input }: Row): Promise<BulkResult> {
  const about = { id, label: item ? labelOfItem(item) : null };
  try {
    const undo = await act(ctx, id, input);
    return { ...about, outcome: "done", ...(undo ? { undo } : {}) };
  } catch (error) {
    const { reason, remedy } = refusalOf(error);
    return { ...about, outcome: "failed", reason, ...(remedy ? { remedy } : {}) };
  }
}

function actOf(resource: Resource, action: string): Act {
  const spec = resource.bulk?.[action];
  if (spec) {
    return async (ctx, id, input) => {
      const { undo } = await spec.run(ctx, id, parseInput(spec.input, input));
      return undo && { action, input: undo as Values };
    };
  }
  const command = resource.actions?.[action];
  const inverse = resource.inverse?.[action];
  return async (ctx, id, input) => {
    await command?.(ctx, { ...input, id });
    return inverse ? { action: inverse, input: {} } : null;
  };
}
