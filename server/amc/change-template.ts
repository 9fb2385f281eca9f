// The agency's own templates: made from nothing or from another, changed version by version, removed.
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { findTemplate } from "./find-template";
import { lintSql } from "./lint-sql";
import { getTemplate } from "./list-templates";
import { TemplateChange, TemplateCreate, TemplateDefinition, TemplateId } from "./template-contract";
import {
  findOwnTemplate,
  insertTemplate,
  markRemoved,
  readUse,
  type TemplateRow,
  updateTemplate,
} from "./template-store";

export const createTemplate = command({
  name: "amc-template.create",
  permission: "amc.write",
  input: TemplateCreate,
  brandOf: () => "anyBrand",
  run: async (tx, { forkOf, ...given }) => {
    const origin = forkOf ? (await findTemplate(tx, forkOf)).definition : {};
    const definition = read({ ...origin, ...given });
    await refuseFaults(definition);
    const row = await insertTemplate(tx, { definition, forkOf, by: actorName(tx.actor) });
    await tx.changed("amc-templates", [row.id]);
    return {
      result: await getTemplate(tx, row.id),
      audit: { action: "amc_template.created", ...about(row), after: { forkOf, ...definition } },
    };
  },
});

export const changeTemplate = command({
  name: "amc-template.change",
  permission: "amc.write",
  input: TemplateChange,
  run: async (tx, { id, version, ...given }) => {
    const before = await own(tx, id);
    const definition = read({ ...before.definition, ...given });
    await refuseFaults(definition);
    const after = await updateTemplate(tx, { id, version }, { definition, by: actorName(tx.actor) });
    if (!after) {
      throw new AppError("conflict", "Somebody changed the template meanwhile.", {
        present: await getTemplate(tx, id),
      });
    }
    await tx.changed("amc-templates", [id]);
    return {
      result: await getTemplate(tx, id),
      audit: { action: "amc_template.changed", ...about(after), before: before.definition, after: definition },
    };
  },
});

/** Runs that were made of it stay as they are. */
export const removeTemplate = command({
  name: "amc-template.remove",
  permission: "amc.write",
  input: TemplateId,
  run: async (tx, { id }) => {
    const row = await own(tx, id);
    const schedules = (await readUse(tx)).get(id)?.schedules ?? 0;
    if (schedules > 0) {
      throw new AppError("conflict", `Schedules ask it: ${schedules}.`, {
        remedy: "Give them another template first.",
      });
    }
    await markRemoved(tx, id);
    await tx.changed("amc-templates", [id]);
    return { result: { id }, audit: { action: "amc_template.removed", ...about(row), before: row.definition } };
  },
});

async function own(tx: TxCtx, id: string): Promise<TemplateRow> {
  const row = await findOwnTemplate(tx, id);
  if (!row || row.removedAt) throw notFound("This template");
  return row;
}

function read(given: object): TemplateDefinition {
  const parsed = TemplateDefinition.safeParse(given);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message]));
  throw new AppError("invalid", "The template is not whole.", { fields, remedy: "Correct the fields named." });
}

/** A template that AMC would refuse may not be saved: a schedule would run into it at night. */
async function refuseFaults({ sql, parameters }: TemplateDefinition): Promise<void> {
  const { problems } = await lintSql(sql, { parameters });
  const [first] = problems.filter(({ severity }) => severity === "error");
  if (!first) return;
  throw new AppError("invalid", `AMC would refuse this SQL, at line ${first.line}: ${first.message}`, {
    fields: { sql: first.message },
    remedy: first.fix,
  });
}

const about = ({ id, definition }: TemplateRow) => ({
  target: { type: "amc-template", id, label: definition.title },
});
