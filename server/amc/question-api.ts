// The REST resources of templates and schedules.
import { resource } from "../core/resource";
import { readQuestion, writeQuestion } from "./build-question";
import { changeSchedule, createSchedule, pauseSchedule, removeSchedule, resumeSchedule } from "./change-schedule";
import { changeTemplate, createTemplate, removeTemplate } from "./change-template";
import { lintQuestion, listTables } from "./lint-sql";
import { getSchedule, listSchedules, listSlots } from "./list-schedules";
import { getTemplate, listTemplates, listTemplateVersions } from "./list-templates";
import { previewQuestion } from "./preview-question";
import { AmcSchedule, AmcSlot, missedWords, slotStates } from "./schedule-contract";
import { simulateSchedule } from "./simulate-schedule";
import { AmcTableItem, AmcTemplate, AmcTemplateVersion } from "./template-contract";

export const amcTemplatesResource = resource({
  name: "amc-templates",
  title: "AMC template",
  description:
    "Questions to AMC with typed parameters: built in, and the agency's own; linted and previewed without a run, and turned into the visual builder's parts and back.",
  item: AmcTemplate,
  list: {
    permission: "amc.read",
    filter: { id: "text", builtIn: "boolean", tags: "text" },
    sort: ["title", "runs", "lastRunAt", "updatedAt"],
    search: true,
    run: listTemplates,
  },
  get: { permission: "amc.read", run: getTemplate },
  create: createTemplate,
  update: changeTemplate,
  remove: removeTemplate,
  collectionActions: {
    lint: lintQuestion,
    preview: previewQuestion,
    "read-sql": readQuestion,
    "write-sql": writeQuestion,
  },
  auditType: "amc-template",
  fields: { sql: { label: "SQL", optional: true }, runs: { whole: true } },
});

export const amcTemplateVersionsResource = resource({
  name: "amc-template-versions",
  title: "AMC template version",
  description: "What the agency's own templates were at each of their versions; the filter templateId names one.",
  item: AmcTemplateVersion,
  list: {
    permission: "amc.read",
    filter: { templateId: "id", createdAt: "date" },
    sort: ["createdAt"],
    run: listTemplateVersions,
  },
});

export const amcTablesResource = resource({
  name: "amc-tables",
  title: "AMC table",
  description: "The tables that AMC documents, with the type and the threshold of each column.",
  item: AmcTableItem,
  list: { permission: "amc.read", filter: { id: "text" }, sort: ["id"], search: true, run: listTables },
});

export const amcSchedulesResource = resource({
  name: "amc-schedules",
  title: "AMC schedule",
  description: "When a template is asked by itself, in any zone; simulate tells what one would do before it is saved.",
  item: AmcSchedule,
  list: {
    permission: "amc.read",
    filter: {
      id: "id",
      name: "text",
      templateId: "text",
      brandId: "id",
      createdBy: "text",
      paused: "boolean",
      createdAt: "date",
    },
    sort: ["name", "createdBy", "createdAt", "nextAt"],
    search: true,
    run: listSchedules,
  },
  get: { permission: "amc.read", run: getSchedule },
  create: createSchedule,
  update: changeSchedule,
  remove: removeSchedule,
  actions: { pause: pauseSchedule, resume: resumeSchedule },
  inverse: { pause: "resume", resume: "pause" },
  collectionActions: { simulate: simulateSchedule },
  auditType: "amc-schedule",
  fields: { missed: { words: missedWords } },
});

export const amcSlotsResource = resource({
  name: "amc-slots",
  title: "AMC slot",
  description: "Each due moment of each schedule and instance, and what came of it.",
  item: AmcSlot,
  list: {
    permission: "amc.read",
    filter: { scheduleId: "id", instanceId: "id", state: slotStates, dueAt: "date" },
    sort: ["dueAt"],
    run: listSlots,
  },
  fields: { instanceId: { of: "amc-instances" }, executionId: { of: "amc-executions" } },
});
