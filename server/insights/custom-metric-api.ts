import { resource } from "../core/resource";
import { changeMetric, getCustomMetric, listCustomMetrics, makeMetric, removeMetric } from "./change-custom-metrics";
import { CustomMetricItem } from "./custom-metric-contract";

export const customMetricsResource = resource({
  name: "custom-metrics",
  title: "Metric of the agency's own",
  description: "Formulas over the metric dictionary, typed by unit; their values stand beside the dictionary's.",
  item: CustomMetricItem,
  list: { permission: "insights.read", filter: {}, sort: [], search: true, run: listCustomMetrics },
  get: { permission: "insights.read", run: getCustomMetric },
  create: makeMetric,
  update: changeMetric,
  remove: removeMetric,
  auditType: "custom-metric",
});
