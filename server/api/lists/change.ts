// What was changed in the cells of a table, saved in one request with a version check a record.
import type { Ctx } from "../../core/context";
import { AppError } from "../../core/errors";
import type { Resource } from "../../core/resource";
import { describeResource } from "../describe";
import { type ChangeAnswer, ChangeInput, type ChangeResult } from "./contract";
import { type Operation, operation, refusalOf } from "./operation";

/** `PATCH /<resource>`; null where no field can be edited in a table. */
export function changeOperation(resource: Resource): Operation<typeof ChangeInput, ChangeAnswer> | null {
  const { update } = resource;
  const isEditable = describeResource(resource).fields.some(({ editable }) => editable);
  if (!update || !resource.list || !isEditable || !("version" in resource.item.shape)) return null;
  const { permission, brandOf } = update.spec;
  const spec = { name: `${resource.name}.change`, permission, ofAgency: !brandOf, input: ChangeInput };
  return operation(spec, async (ctx, { changes }) => {
    const results: ChangeResult[] = [];
    for (const { id, version, set } of changes) {
      try {
        await update(ctx, { ...set, id, version });
        results.push({ id, outcome: "done" });
      } catch (error) {
        results.push(await refused(ctx, { resource, id, error }));
      }
    }
    const failed = results.filter(({ outcome }) => outcome !== "done").length;
    return { results, done: results.length - failed, failed };
  });
}

interface Refused {
  resource: Resource;
  id: string;
  error: unknown;
}

async function refused(ctx: Ctx, { resource, id, error }: Refused): Promise<ChangeResult> {
  const refusal = refusalOf(error);
  const { get } = resource;
  if (error instanceof AppError && error.code === "conflict" && get) {
    const current = (await ctx.tx((tx) => get.run(tx, id))) as Record<string, unknown>;
    return { id, outcome: "stale", ...refusal, current };
  }
  return { id, outcome: "failed", ...refusal };
}
