// Metrics of the agency's own are made, changed and taken away; each version stays kept.
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import {
  CustomMetricCreate,
  type CustomMetricItem,
  CustomMetricRemove,
  CustomMetricUpdate,
} from "./custom-metric-contract";
import {
  type CustomMetricRow,
  type CustomMetricValues,
  endCustomMetric,
  findCustomMetric,
  insertCustomMetric,
  insertMetricVersion,
  selectCustomMetrics,
} from "./custom-metric-store";
import { derivedOf } from "./custom-metrics";
import { FormulaError, parseFormula, requireUnit } from "./formula";
import { ownMetricId } from "./metric-contract";
import { metricIds, metricOf } from "./metrics";

function show({
  id,
  version,
  name,
  formula,
  unit,
  better,
  definition,
  changedBy,
  knownAt,
}: CustomMetricRow): CustomMetricItem {
  const info = {
    id: ownMetricId(id),
    label: name,
    unit,
    better,
    definition,
    formula,
    ...derivedOf(parseFormula(formula)),
  };
  return { id, name, formula, unit, better, definition, info, changedBy, changedAt: knownAt.toISOString(), version };
}

export async function listCustomMetrics(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomMetricItem>> {
  requireRead(tx, "insights.read", "anyBrand");
  const text = query.search?.toLowerCase() ?? "";
  const items = (await selectCustomMetrics(tx)).map(show).filter(({ name }) => name.toLowerCase().includes(text));
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

export async function getCustomMetric(tx: TxCtx, id: string): Promise<CustomMetricItem> {
  requireRead(tx, "insights.read", "anyBrand");
  return show(await findCustomMetric(tx, id));
}

const valuesOf = ({ name, formula, unit, better, definition }: CustomMetricValues) => ({
  name,
  formula,
  unit,
  better,
  definition,
});
const about = (id: string, name: string) => ({ target: { type: "custom-metric", id, label: name } });

const invalid = (field: string, message: string) => new AppError("invalid", message, { fields: { [field]: message } });

/** @throws {AppError} invalid, where the formula does not give the unit, or the dictionary has the name */
function requireSound({ name, formula, unit }: Pick<CustomMetricValues, "name" | "formula" | "unit">): void {
  if (metricIds.some((id) => metricOf(id).label.toLowerCase() === name.toLowerCase())) {
    throw invalid("name", "The dictionary has a metric of this name.");
  }
  try {
    requireUnit(parseFormula(formula), unit);
  } catch (error) {
    throw error instanceof FormulaError ? invalid("formula", `${error.message}.`) : error;
  }
}

export const makeMetric = command({
  name: "custom-metric.create",
  permission: "metrics.write",
  input: CustomMetricCreate,
  run: async (tx, { better = null, definition = "", ...given }) => {
    const values = { ...given, better, definition };
    requireSound(values);
    const id = await insertCustomMetric(tx, values, actorName(tx.actor));
    await tx.changed("custom-metrics");
    return {
      result: await getCustomMetric(tx, id),
      audit: { action: "custom-metric.created", ...about(id, given.name), after: values },
    };
  },
});

export const changeMetric = command({
  name: "custom-metric.update",
  permission: "metrics.write",
  input: CustomMetricUpdate,
  run: async (tx, { id, version, ...given }) => {
    const before = await findCustomMetric(tx, id);
    const after = { ...valuesOf(before), ...given };
    requireSound(after);
    if (before.version !== version || !(await endCustomMetric(tx, { id, version }))) {
      throw new AppError("conflict", "This metric was changed meanwhile.", {
        remedy: "Look at what it is now, then make your change.",
        present: show(before),
      });
    }
    await insertMetricVersion(tx, { ...before, ...after, changedBy: actorName(tx.actor) });
    await tx.changed("custom-metrics");
    const audit = { action: "custom-metric.changed", ...about(id, after.name), before: valuesOf(before), after };
    return { result: await getCustomMetric(tx, id), audit };
  },
});

export const removeMetric = command({
  name: "custom-metric.delete",
  permission: "metrics.write",
  input: CustomMetricRemove,
  run: async (tx, { id }) => {
    const row = await findCustomMetric(tx, id);
    await endCustomMetric(tx, row);
    await tx.changed("custom-metrics");
    return {
      result: { id },
      audit: { action: "custom-metric.deleted", ...about(id, row.name), before: valuesOf(row) },
    };
  },
});
