import { isRecord } from "../dsp/v1-request";
import { reportingError } from "../reply";
import { dayNumber, isDay } from "../world/calendar";
import { columnsOf, REPORT_TYPES, type ReportType } from "./catalog";
import type { V3Body } from "./plan-v3";

// Checks a Reporting v3 create body (contracts.md 4.1). The first thing wrong is answered 400.

const fail = (detail: string) => reportingError(400, detail);

const FIELDS = ["name", "startDate", "endDate", "configuration"];
const CONFIGURATION_FIELDS = ["adProduct", "reportTypeId", "groupBy", "columns", "timeUnit", "format", "filters"];

export function checkV3(text: string, today: string): { body: V3Body; type: ReportType } {
  const body = parse(text);
  knownOnly(body, FIELDS, "");
  if (body.name !== undefined && typeof body.name !== "string") throw fail("name must be a string");
  const configuration = body.configuration;
  if (!isRecord(configuration)) throw fail("configuration is required");
  knownOnly(configuration, CONFIGURATION_FIELDS, "configuration ");
  const type = checkType(configuration);
  const groupBy = checkGroupBy(configuration, type);
  const timeUnit = text0(configuration, "timeUnit");
  if (!type.timeUnits.includes(timeUnit))
    throw fail(`configuration timeUnit must be one of: ${type.timeUnits.join(", ")}`);
  const columns = checkColumns(configuration, { type, groupBy, timeUnit });
  if (configuration.format !== "GZIP_JSON") throw fail("configuration format must be GZIP_JSON");
  const filters = checkFilters(configuration.filters);
  checkDates(body, type, today);
  return {
    type,
    body: {
      ...(typeof body.name === "string" ? { name: body.name } : {}),
      startDate: String(body.startDate),
      endDate: String(body.endDate),
      configuration: {
        adProduct: type.adProduct,
        reportTypeId: type.id,
        groupBy,
        columns,
        timeUnit,
        format: "GZIP_JSON",
        filters,
      },
    },
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // falls through to the refusal
  }
  throw fail("The request body is not a JSON object");
}

function knownOnly(object: Record<string, unknown>, known: string[], where: string): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw fail(`${where}unknown field: ${unknown}`);
}

function text0(object: Record<string, unknown>, name: string): string {
  const value = object[name];
  if (typeof value !== "string" || value === "") throw fail(`configuration ${name} is required`);
  return value;
}

function list(object: Record<string, unknown>, name: string): string[] {
  const value = object[name];
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === "string")) {
    throw fail(`configuration ${name} must be a non-empty list of strings`);
  }
  const twice = value.find((item, index) => value.indexOf(item) !== index);
  if (twice !== undefined) throw fail(`configuration ${name} includes duplicate values: (${twice})`);
  return value;
}

function checkType(configuration: Record<string, unknown>): ReportType {
  const adProduct = text0(configuration, "adProduct");
  const id = text0(configuration, "reportTypeId");
  const type = Object.hasOwn(REPORT_TYPES, id) ? REPORT_TYPES[id] : undefined;
  if (!type)
    throw fail(
      `configuration reportTypeId is invalid: ${id}. Allowed values: (${Object.keys(REPORT_TYPES).join(", ")})`,
    );
  if (adProduct !== type.adProduct) throw fail(`configuration adProduct for ${id} must be ${type.adProduct}`);
  return type;
}

function checkGroupBy(configuration: Record<string, unknown>, type: ReportType): string[] {
  const groupBy = list(configuration, "groupBy");
  const allowed = Object.keys(type.groupBy);
  const wrong = groupBy.find((key) => !allowed.includes(key));
  if (wrong !== undefined)
    throw fail(`configuration groupBy includes invalid values: (${wrong}). Allowed values: (${allowed.join(", ")})`);
  if (type.needsOneOf && !groupBy.some((key) => type.needsOneOf?.includes(key))) {
    throw fail(`configuration groupBy must include one of: ${type.needsOneOf.join(", ")}`);
  }
  const same = (combination: readonly string[]) =>
    combination.length === groupBy.length && combination.every((key) => groupBy.includes(key));
  if (type.combinations && !type.combinations.some(same)) {
    throw fail(
      `configuration groupBy must be one of: ${type.combinations.map((keys) => `[${keys.join(",")}]`).join(", ")}`,
    );
  }
  return groupBy;
}

const SUMMARY_ONLY = ["intervalStart", "intervalEnd", "startDate", "endDate"];

function checkColumns(
  configuration: Record<string, unknown>,
  of: { type: ReportType; groupBy: string[]; timeUnit: string },
): string[] {
  const columns = list(configuration, "columns");
  const allowed = columnsOf(of.type, of.groupBy);
  const wrong = columns.filter((column) => !allowed.has(column));
  if (wrong.length > 0) {
    throw fail(
      `configuration columns includes invalid values: (${wrong.join(", ")}). Allowed values: (${[...allowed].join(", ")})`,
    );
  }
  if (of.timeUnit === "SUMMARY" && columns.includes("date"))
    throw fail("configuration columns: date is allowed with timeUnit DAILY only");
  const summary = of.timeUnit === "DAILY" ? columns.find((column) => SUMMARY_ONLY.includes(column)) : undefined;
  if (summary !== undefined) throw fail(`configuration columns: ${summary} is allowed with timeUnit SUMMARY only`);
  return columns;
}

function checkFilters(filters: unknown): { field: string; values: string[] }[] {
  if (!Array.isArray(filters) || filters.length === 0)
    throw fail("configuration filters: a filter on advertiserId is required");
  const checked = filters.map((filter: unknown) => {
    const { field, values } = isRecord(filter) ? filter : {};
    // Other filter fields of DSP report types are not documented.
    if (field !== "advertiserId")
      throw fail(`configuration filters: invalid field ${String(field)}. Allowed values: (advertiserId)`);
    if (!Array.isArray(values) || values.length === 0 || !values.every((value) => typeof value === "string")) {
      throw fail("configuration filters: values must be a non-empty list of strings");
    }
    if (values.length > 100) throw fail("configuration filters: advertiserId takes at most 100 values");
    return { field, values: values as string[] };
  });
  if (checked.length > 1) throw fail("configuration filters: advertiserId is given twice");
  return checked;
}

function checkDates(body: Record<string, unknown>, type: ReportType, today: string): void {
  const { startDate, endDate } = body;
  if (!isDay(startDate)) throw fail("startDate must be a date of the form YYYY-MM-DD");
  if (!isDay(endDate)) throw fail("endDate must be a date of the form YYYY-MM-DD");
  const span = dayNumber(endDate) - dayNumber(startDate);
  if (span < 0) throw fail("endDate must not be before startDate");
  if (span > type.spanDays) throw fail(`startDate and endDate must be at most ${type.spanDays} days apart`);
  if (dayNumber(today) - dayNumber(startDate) > type.retentionDays) {
    throw fail(`startDate must be at most ${type.retentionDays} days in the past`);
  }
}
