import { resource } from "../core/resource";
import { askReport, askReportAgain, deleteCustomReport } from "./ask-report";
import { customReportTypes, listCustomReportTypes } from "./catalogue";
import { CustomReport, CustomReportRow, CustomReportType, type reportStates } from "./contract";
import { getReport, listReports } from "./list-reports";
import { listRows, noteRows, rowColumns } from "./list-rows";

export const customReportsResource = resource({
  name: "custom-reports",
  title: "Custom report",
  description:
    "Questions of one's own to Amazon's reporting, one request an account; limits are explained before Amazon refuses, answers kept for good.",
  item: CustomReport,
  list: {
    permission: "reports.read",
    filter: {
      id: "id",
      name: "text",
      type: customReportTypes().map(({ id }) => id),
      createdBy: "text",
      createdAt: "date",
    },
    sort: ["name", "type", "createdBy", "createdAt"],
    search: true,
    run: listReports,
  },
  get: { permission: "reports.read", run: getReport },
  create: askReport,
  remove: deleteCustomReport,
  actions: { again: askReportAgain },
  actionLabels: { again: "Run again" },
  single: ["again"],
  auditType: "custom-report",
  fields: {
    type: { optional: true },
    typeLabel: { label: "Report type" },
    from: { label: "First day", kind: "date" },
    to: { label: "Last day", kind: "date" },
    state: {
      words: {
        waiting: "Waits",
        running: "At Amazon",
        done: "Ready",
        partial: "Ready in part",
        failed: "Failed",
      } satisfies Record<(typeof reportStates)[number], string>,
    },
    timeUnit: { words: { DAILY: "Days", SUMMARY: "Summary" } },
  },
});

export const customReportRowsResource = resource({
  name: "custom-report-rows",
  title: "Custom report row",
  description:
    "The rows of the custom report that the filter reportId names; as a file, with the columns that were asked for.",
  item: CustomReportRow,
  list: {
    permission: "reports.read",
    filter: { reportId: "id" },
    sort: [],
    run: listRows,
    note: noteRows,
    columns: rowColumns,
  },
  fields: { reportId: { of: "custom-reports" } },
});

export const customReportTypesResource = resource({
  name: "custom-report-types",
  title: "Custom report type",
  description: "What each of Amazon's report types can be asked: columns, what rows can be of, and its limits.",
  item: CustomReportType,
  list: { permission: "reports.read", filter: {}, sort: [], run: listCustomReportTypes },
});
