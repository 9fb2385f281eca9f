// A template by its id: built in, or of the agency, as it is now or at one of its versions.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { OutputColumn, TemplateDefinition } from "./template-contract";
import { findOwnTemplate, findVersion } from "./template-store";
import { builtInTemplates } from "./templates";
import type { BuiltInTemplate } from "./templates/define";

export interface FoundTemplate {
  id: string;
  version: string;
  definition: TemplateDefinition;
}

const byId = new Map<string, BuiltInTemplate>(builtInTemplates.map((template) => [template.id, template]));

export const findBuiltIn = (id: string): BuiltInTemplate | undefined => byId.get(id);

/** The columns of a built-in question that was asked unchanged: what they are is proved. */
export function provedColumns(asked: { templateId: string | null; question: { sql: string } }): OutputColumn[] {
  const definition = asked.templateId ? byId.get(asked.templateId)?.definition : undefined;
  return definition?.sql === asked.question.sql ? definition.columns : [];
}

/** Of built-in ones there is only the present version. @throws {AppError} not_found */
export async function findTemplate(tx: TxCtx, id: string, version?: string | null): Promise<FoundTemplate> {
  const builtIn = byId.get(id);
  if (builtIn) return { id, version: builtIn.version, definition: builtIn.definition };
  const own = await findOwnTemplate(tx, id);
  if (!own) throw notFound("This template");
  if (!version || version === String(own.version)) {
    return { id, version: String(own.version), definition: own.definition };
  }
  const earlier = await findVersion(tx, id, version);
  if (!earlier) throw notFound("This version of the template");
  return { id, version, definition: earlier.definition };
}
