// One record of every resource of AMC, and a valid body for every command.
import { randomUUID } from "node:crypto";
import {
  amcBatches,
  amcExecutions,
  amcInstanceAccess,
  amcInstances,
  amcResultPieces,
  amcResults,
  amcSchedules,
  amcSlots,
  amcTemplates,
  amcTemplateVersions,
} from "../../server/amc/tables";
import type { TemplateDefinition } from "../../server/amc/template-contract";
import type { Database } from "../../server/core/db/connect";
import type { Records } from "./samples";

const moment = new Date("2026-11-20T12:00:00Z");
const sql = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign";
const window = { kind: "last", days: 7 } as const;

interface World {
  agencyId: string;
  brandId: string;
  connectionId: string;
  word: string;
}

/** @returns their ids by resource name */
export async function insertAmcRecords(database: Database, world: World): Promise<Records> {
  const { agencyId, brandId, connectionId, word } = world;
  const [instanceId, executionId, templateId] = [randomUUID(), randomUUID(), randomUUID()];
  const [scheduleId, batchId] = [randomUUID(), randomUUID()];
  const definition: TemplateDefinition = {
    title: `${word} template`,
    question: word,
    tags: [],
    sql,
    parameters: [],
    columns: [],
    chart: { kind: "table" },
    guide: "",
  };
  const made = { createdBy: word, createdAt: moment };
  await database.withAgency(agencyId, async ({ db }) => {
    await db.insert(amcInstances).values({
      agencyId,
      id: instanceId,
      name: `${word} instance`,
      amazonId: `amc${word}`,
      type: "STANDARD",
      region: "NA",
      accountId: `ENTITY${word}`,
      accountName: `${word} account`,
      marketplaceId: "ATVPDKIKX0DER",
      brandId,
      timeZone: "UTC",
      status: "COMPLETED",
      createdAt: moment,
    });
    await db.insert(amcInstanceAccess).values({ agencyId, instanceId, connectionId, seenAt: moment });
    await db.insert(amcTemplates).values({ agencyId, id: templateId, definition, ...made, updatedAt: moment });
    await db
      .insert(amcTemplateVersions)
      .values({ agencyId, templateId, version: 1, definition, changedBy: word, createdAt: moment });
    await db.insert(amcBatches).values({
      agencyId,
      id: batchId,
      title: `${word} batch`,
      kind: "brands",
      instances: 1,
      windows: 1,
      atOnce: 4,
      ...made,
    });
    await db.insert(amcExecutions).values({
      agencyId,
      id: executionId,
      title: `${word} run`,
      instanceId,
      batchId,
      origin: "person",
      state: "done",
      question: { question: word, sql, parameters: [], columns: [], chart: { kind: "table" } },
      values: {},
      windowFrom: "2026-11-01",
      windowTo: "2026-11-07",
      timeZone: "UTC",
      tables: ["dsp_impressions"],
      fingerprint: word,
      deadlineSeconds: 21_600,
      finishedAt: moment,
      ...made,
    });
    const columns = [{ name: "campaign", label: "Campaign", unit: "text" as const, measure: false, noMoney: true }];
    const rows = [[`${word} campaign`]];
    const nothing = {
      known: true,
      shownRows: 1,
      hiddenRows: 0,
      measures: [],
      dimensions: [],
      reasons: [],
      coarsen: [],
    };
    await db
      .insert(amcResults)
      .values({ agencyId, executionId, columns, rowCount: 1, chartRows: rows, suppressed: nothing, storedAt: moment });
    await db.insert(amcResultPieces).values({ agencyId, executionId, part: 0, rows });
    await db.insert(amcSchedules).values({
      agencyId,
      id: scheduleId,
      name: `${word} schedule`,
      templateId,
      instanceIds: [instanceId],
      values: {},
      window,
      cron: "0 6 1 1 *",
      timeZone: "UTC",
      missed: "skip",
      paused: false,
      nextAt: new Date("2028-01-01T06:00:00Z"),
      ...made,
    });
    await db
      .insert(amcSlots)
      .values({ agencyId, scheduleId, instanceId, dueAt: moment, state: "missed", note: word, startedAt: moment });
  });
  return {
    "amc-batches": batchId,
    "amc-executions": executionId,
    "amc-instances": instanceId,
    "amc-policies": "me",
    "amc-result-differences": executionId,
    "amc-result-rows": `${executionId}:1`,
    "amc-results": executionId,
    "amc-schedules": scheduleId,
    "amc-slots": `${scheduleId}:${instanceId}`,
    "amc-tables": "dsp_impressions",
    "amc-template-versions": `${templateId}:1`,
    "amc-templates": templateId,
  };
}

const asked = ({ "amc-instances": instanceId }: Records) => ({ instanceId, sql, window, values: {} });

export const amcBodies: Record<string, (records: Records) => object> = {
  "amc-batch.start": ({ "amc-instances": instance, "amc-templates": templateId }) => ({
    templateId,
    instanceIds: [instance],
    window,
  }),
  "amc-batch.cancel": () => ({}),
  "amc-batches.bulk": ({ "amc-batches": batch }) => ({ action: "cancel", ids: [batch] }),
  "amc-execution.start": asked,
  "amc-execution.check": asked,
  "amc-execution.cancel": () => ({}),
  "amc-execution.retry": () => ({}),
  "amc-executions.bulk": ({ "amc-executions": run }) => ({ action: "cancel", ids: [run] }),
  "amc-instance.create": ({ connections: connectionId, brands: brandId }) => ({
    name: "Another instance",
    connectionId,
    region: "NA",
    accountId: "ENTITY1",
    marketplaceId: "ATVPDKIKX0DER",
    brandId,
  }),
  "amc-instance.change": () => ({ version: 1, timeZone: "Europe/Berlin" }),
  "amc-instance.attach": () => ({ add: [{ id: "4280000000001", type: "DISPLAY" }] }),
  "amc-instance.check": () => ({}),
  "amc-instance.discover": () => ({}),
  "amc-instance.accounts": ({ connections: connectionId }) => ({ connectionId }),
  "amc-instances.bulk": ({ "amc-instances": instance }) => ({ action: "check", ids: [instance] }),
  "amc-instances.change": ({ "amc-instances": instance }) => ({
    changes: [{ id: instance, version: 1, set: { timeZone: "Europe/Berlin" } }],
  }),
  "amc-policy.change": () => ({ freshHours: 12 }),
  "amc-schedule.create": ({ "amc-instances": instance, "amc-templates": templateId }) => ({
    name: "Another schedule",
    templateId,
    instanceIds: [instance],
    window,
    cron: "0 6 * * 1",
    timeZone: "UTC",
  }),
  "amc-schedule.change": () => ({ version: 1, name: "Renamed" }),
  "amc-schedule.remove": () => ({}),
  "amc-schedule.pause": () => ({}),
  "amc-schedule.resume": () => ({}),
  "amc-schedule.simulate": ({ "amc-instances": instance }) => ({
    cron: "0 6 * * 1",
    timeZone: "UTC",
    window,
    instanceIds: [instance],
  }),
  "amc-schedules.bulk": ({ "amc-schedules": schedule }) => ({ action: "pause", ids: [schedule] }),
  "amc-schedules.change": ({ "amc-schedules": schedule }) => ({
    changes: [{ id: schedule, version: 1, set: { name: "Changed" } }],
  }),
  "amc-template.create": () => ({ title: "Another template", sql }),
  "amc-template.change": () => ({ version: 1, title: "Renamed" }),
  "amc-template.remove": () => ({}),
  "amc-template.lint": ({ "amc-instances": instanceId }) => ({ sql, instanceId }),
  "amc-template.read-sql": () => ({ sql }),
  "amc-template.write-sql": () => ({
    question: {
      source: "dsp_impressions",
      joins: [],
      groups: [{ kind: "column", name: "campaign", field: "campaign" }],
      metrics: [{ name: "impressions", value: { function: "sum", field: "impressions" }, per: null }],
      where: { all: true, rules: [] },
      having: { all: true, rules: [] },
    },
  }),
  "amc-template.preview": ({ "amc-templates": templateId }) => ({ templateId }),
  "amc-templates.change": ({ "amc-templates": template }) => ({
    changes: [{ id: template, version: 1, set: { title: "Changed" } }],
  }),
};
