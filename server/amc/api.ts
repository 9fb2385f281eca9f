// The REST resources of instances, runs and answers; those of templates and schedules are in question-api.ts.
import { resource } from "../core/resource";
import { cancelExecution, retryExecution } from "./change-execution";
import {
  attachAdvertisers,
  changeInstance,
  createInstance,
  listAccountChoices,
  lookAtInstance,
} from "./change-instance";
import { changePolicy, getPolicy } from "./change-policy";
import { listDifferences } from "./compare-results";
import { AmcInstance, AmcPolicy, instanceStateWords } from "./contract";
import { discoverInstances } from "./discover-instances";
import { AmcBatch, AmcExecution, executionStates, executionStateWords } from "./execution-contract";
import { getBatch, listBatches } from "./list-batches";
import { getExecution, listExecutions } from "./list-executions";
import { getInstance, listInstances } from "./list-instances";
import { getResult, listResultRows, resultColumns } from "./read-result";
import { AmcResult, AmcResultDifference, AmcResultRow } from "./result-contract";
import { cancelBatch, startBatch } from "./start-batch";
import { checkExecution, startExecution } from "./start-execution";

export const amcInstancesResource = resource({
  name: "amc-instances",
  title: "AMC instance",
  description: "AMC instances that the agency reaches: whose data they hold, what can be asked, how busy they are.",
  item: AmcInstance,
  list: {
    permission: "amc.read",
    filter: { id: "id", name: "text", brandId: "id", accountId: "text", createdAt: "date" },
    sort: ["name", "createdAt"],
    search: true,
    run: listInstances,
  },
  get: { permission: "amc.read", run: getInstance },
  create: createInstance,
  update: changeInstance,
  actions: { attach: attachAdvertisers, check: lookAtInstance },
  collectionActions: { discover: discoverInstances, accounts: listAccountChoices },
  actionLabels: { check: "Look at it anew" },
  single: ["attach"],
  auditType: "amc-instance",
  fields: { state: { words: instanceStateWords }, brandId: { of: "brands" }, amazonId: { label: "Amazon's id" } },
});

export const amcExecutionsResource = resource({
  name: "amc-executions",
  title: "AMC run",
  description: "Runs of questions at AMC: waiting, running, and over. An identical one that is fresh answers instead.",
  item: AmcExecution,
  list: {
    permission: "amc.read",
    filter: {
      id: "id",
      instanceId: "id",
      brandId: "id",
      templateId: "text",
      scheduleId: "id",
      batchId: "id",
      origin: "text",
      state: executionStates,
      createdBy: "text",
      createdAt: "date",
    },
    sort: ["createdAt", "finishedAt", "title", "state", "createdBy"],
    search: true,
    run: listExecutions,
  },
  get: { permission: "amc.read", run: getExecution },
  create: startExecution,
  actions: { cancel: cancelExecution, retry: retryExecution },
  collectionActions: { check: checkExecution },
  auditType: "amc-execution",
  fields: {
    state: { words: executionStateWords },
    brandId: { of: "brands" },
    instanceId: { of: "amc-instances" },
    suppressed: { label: "Hidden by thresholds", kind: "percent" },
    sql: { label: "SQL", optional: true },
  },
});

export const amcBatchesResource = resource({
  name: "amc-batches",
  title: "AMC batch",
  description: "One question over many instances, or over weeks or months of the past: a run each, the newest first.",
  item: AmcBatch,
  list: {
    permission: "amc.read",
    filter: { id: "id", title: "text", templateId: "text", kind: "text", createdBy: "text", createdAt: "date" },
    sort: ["createdAt", "title", "createdBy"],
    search: true,
    run: listBatches,
  },
  get: { permission: "amc.read", run: getBatch },
  create: startBatch,
  actions: { cancel: cancelBatch },
  auditType: "amc-batch",
});

export const amcResultsResource = resource({
  name: "amc-results",
  title: "AMC result",
  description: "The answer of a run, by the run's id: columns, the rows its chart draws, and what thresholds hid.",
  item: AmcResult,
  get: { permission: "amc.read", run: getResult },
});

export const amcResultRowsResource = resource({
  name: "amc-result-rows",
  title: "AMC result row",
  description:
    "All rows of the run that the filter executionId names, or of the batch that batchId names; also as a file.",
  item: AmcResultRow,
  list: {
    permission: "amc.read",
    filter: { executionId: "id", batchId: "id" },
    sort: [],
    run: listResultRows,
    columns: resultColumns,
  },
  fields: { executionId: { of: "amc-executions" } },
});

export const amcResultDifferencesResource = resource({
  name: "amc-result-differences",
  title: "AMC result difference",
  description: "Rows of the run that executionId names beside those of the run that with names, by what they are of.",
  item: AmcResultDifference,
  list: {
    permission: "amc.read",
    filter: { executionId: "id", with: "id", only: ["both", "before", "after"] },
    sort: [],
    search: true,
    run: listDifferences,
  },
});

export const amcPoliciesResource = resource({
  name: "amc-policies",
  title: "AMC policy",
  description:
    "How the agency guards its runs at AMC: for how long an answer is fresh, and how many may ask the same inputs.",
  item: AmcPolicy,
  get: { permission: "amc.read", run: getPolicy },
  update: changePolicy,
  auditType: "amc-policy",
});
