import { isRecord } from "../dsp/v1-request";
import { type DspFieldError, dspError } from "../reply";
import type { ApiRequest } from "../router";
import { dayNumber, isDay } from "../world/calendar";
import { LEGACY_DEFAULTS, LEGACY_TYPES, legacyMetric, MAIN_METRICS } from "./legacy-catalog";
import type { LegacyBody } from "./plan-legacy";

// Checks the body of the older DSP report. An unknown property is 400, a wrong value 422, all named at once.

const FIELDS = [
  "startDate",
  "endDate",
  "type",
  "dimensions",
  "metrics",
  "timeUnit",
  "format",
  "advertiserIds",
  "orderIds",
];
const SPAN_DAYS = 31;
const RETENTION_DAYS = 90;

export function checkLegacy(request: ApiRequest, today: string): LegacyBody & { advertiserIds?: string[] | undefined } {
  const body = parse(request);
  const unknown = Object.keys(body).filter((key) => !FIELDS.includes(key));
  refuse(
    request,
    400,
    unknown.map((field) => ({
      errorType: "REQUEST_BODY_UNKNOWN_PROPERTY",
      field,
      message: `Unknown property: ${field}`,
    })),
  );
  const errors: DspFieldError[] = [];
  const wrong = (field: string, message: string) => {
    const errorType = `REQUEST_BODY_FIELD_INVALID_${field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    errors.push({ errorType, field, message });
  };
  const choice = (field: string, allowed: readonly string[], absent: string): string => {
    const value = body[field] ?? absent;
    if (typeof value === "string" && allowed.includes(value)) return value;
    wrong(field, `${field} must be one of: ${allowed.join(", ")}`);
    return absent;
  };
  const texts = (field: string, most: number): string[] | undefined => {
    const value = body[field];
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.length <= most && value.every((item) => typeof item === "string")) return value;
    wrong(field, `${field} must be a list of at most ${most} strings`);
    return undefined;
  };
  const type = choice("type", Object.keys(LEGACY_TYPES), "CAMPAIGN");
  const dimensions = texts("dimensions", 20) ?? ["ORDER"];
  const metrics = texts("metrics", 1000) ?? MAIN_METRICS;
  const checked = {
    startDate: String(body.startDate),
    endDate: String(body.endDate),
    type,
    dimensions,
    metrics,
    timeUnit: choice("timeUnit", type === "AUDIENCE" ? ["SUMMARY"] : ["SUMMARY", "DAILY"], "SUMMARY"),
    format: choice("format", ["JSON", "CSV"], "JSON"),
    orderIds: texts("orderIds", 100),
    advertiserIds: texts("advertiserIds", 100),
  };
  checkNames(checked, wrong);
  checkDates(body, today, wrong);
  refuse(request, 422, errors);
  return checked;
}

type Wrong = (field: string, message: string) => void;

function checkNames(
  { type, dimensions, metrics }: { type: string; dimensions: string[]; metrics: string[] },
  wrong: Wrong,
): void {
  const allowed = LEGACY_TYPES[type]?.dimensions ?? [];
  const dimension = dimensions.find((name) => !allowed.includes(name));
  if (dimension !== undefined)
    wrong("dimensions", `${dimension} is not allowed for ${type}; allowed: ${allowed.join(", ")}`);
  const defaults = dimensions.flatMap((name) => (LEGACY_DEFAULTS[name] ?? []).map(([field]) => field));
  const listed = metrics.find((metric) => defaults.includes(metric));
  if (listed !== undefined) wrong("metrics", `${listed} is a default field and may not be listed`);
  const metric = metrics.find((name) => !defaults.includes(name) && legacyMetric(name) === undefined);
  if (metric !== undefined) wrong("metrics", `${metric} is not a metric`);
}

function checkDates(body: Record<string, unknown>, today: string, wrong: Wrong): void {
  const { startDate, endDate } = body;
  if (!isDay(startDate)) wrong("startDate", "startDate must be a date of the form YYYY-MM-DD");
  if (!isDay(endDate)) wrong("endDate", "endDate must be a date of the form YYYY-MM-DD");
  if (!isDay(startDate) || !isDay(endDate)) return;
  const span = dayNumber(endDate) - dayNumber(startDate);
  if (span < 0 || span > SPAN_DAYS) wrong("endDate", `the range must be 0 to ${SPAN_DAYS} days`);
  if (dayNumber(today) - dayNumber(startDate) > RETENTION_DAYS) {
    wrong("startDate", `startDate must be at most ${RETENTION_DAYS} days in the past`);
  }
}

function parse(request: ApiRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body);
    if (isRecord(value)) return value;
  } catch {
    // falls through to the refusal
  }
  throw dspError(400, { message: "The request body is not a JSON object", requestId: request.requestId });
}

function refuse(request: ApiRequest, status: 400 | 422, errors: DspFieldError[]): void {
  if (errors.length === 0) return;
  const message = `'${errors.length}' validation error(s) found`;
  throw dspError(status, { message, requestId: request.requestId, errors });
}
