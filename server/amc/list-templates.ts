// The gallery: built-in templates and the agency's own.
import { findTable } from "../../packages/amc-engine";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { type Reading, windowOf } from "../core/window-list";
import { findBuiltIn } from "./find-template";
import { tablesIn } from "./lint-sql";
import type { AmcTemplate, AmcTemplateVersion } from "./template-contract";
import {
  findOwnTemplate,
  readUse,
  selectOwnTemplates,
  selectVersions,
  type TemplateRow,
  type TemplateUse,
} from "./template-store";
import { builtInTemplates } from "./templates";
import type { BuiltInTemplate } from "./templates/define";

const reading: Reading<AmcTemplate> = {
  fields: { id: ({ id }) => id, builtIn: ({ builtIn }) => String(builtIn), tags: ({ tags }) => tags },
  sorts: {
    title: ({ title }) => title.toLowerCase(),
    runs: ({ runs }) => runs,
    lastRunAt: ({ lastRunAt }) => lastRunAt,
    updatedAt: ({ updatedAt }) => updatedAt,
  },
  words: ({ title, question, tags, guide }) => [title, question, guide, ...tags],
  order: (a, b) => a.title.localeCompare(b.title),
};

export async function listTemplates(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcTemplate>> {
  requireRead(tx, "amc.read", "anyBrand");
  const use = await readUse(tx);
  const own = await selectOwnTemplates(tx);
  const all = [
    ...builtInTemplates.map((template) => showBuiltIn(template, use.get(template.id))),
    ...own.map((row) => showOwn(row, use.get(row.id))),
  ];
  return windowOf(all, query, reading);
}

/** @throws {AppError} not_found */
export async function getTemplate(tx: TxCtx, id: string): Promise<AmcTemplate> {
  requireRead(tx, "amc.read", "anyBrand");
  const use = (await readUse(tx)).get(id);
  const builtIn = findBuiltIn(id);
  if (builtIn) return showBuiltIn(builtIn, use);
  const row = await findOwnTemplate(tx, id);
  if (!row || row.removedAt) throw notFound("This template");
  return showOwn(row, use);
}

/** The newest first. */
export async function listTemplateVersions(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcTemplateVersion>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectVersions(tx, query);
  const items = rows.map(({ templateId, version, definition, changedBy, createdAt }) => ({
    id: `${templateId}:${version}`,
    templateId,
    version,
    title: definition.title,
    sql: definition.sql,
    parameters: definition.parameters,
    columns: definition.columns,
    chart: definition.chart,
    changedBy,
    createdAt: createdAt.toISOString(),
  }));
  return { items, total };
}

const showBuiltIn = (template: BuiltInTemplate, use: TemplateUse | undefined): AmcTemplate => ({
  ...described(template.definition, use),
  id: template.id,
  builtIn: true,
  version: 0,
  edition: template.version,
  forkOf: null,
  privacy: template.privacy,
  createdBy: null,
  updatedAt: null,
});

const showOwn = (row: TemplateRow, use: TemplateUse | undefined): AmcTemplate => ({
  ...described(row.definition, use),
  id: row.id,
  builtIn: false,
  version: row.version,
  edition: String(row.version),
  forkOf: row.forkOf,
  privacy: row.forkOf ? (findBuiltIn(row.forkOf)?.privacy ?? "") : "",
  createdBy: row.createdBy,
  updatedAt: row.updatedAt.toISOString(),
});

function described(definition: BuiltInTemplate["definition"], use: TemplateUse | undefined) {
  const tables = tablesIn(definition.sql);
  return {
    ...definition,
    tables,
    paidTables: tables.filter((table) => findTable(table)?.paid),
    runs: use?.runs ?? 0,
    lastRunAt: use?.lastRunAt?.toISOString() ?? null,
    schedules: use?.schedules ?? 0,
  };
}
