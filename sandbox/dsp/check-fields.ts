import { isRecord } from "./v1-request";

// Checks of single fields in an Ads API v1 write. Each returns the problems found, with where.

export interface ItemError {
  code: string;
  message: string;
  fieldLocation: string;
}

export type FieldCheck = (value: unknown, at: string) => ItemError[];

export const problem = (code: string, message: string, fieldLocation: string): ItemError => ({
  code,
  message,
  fieldLocation,
});

export const nonEmptyText: FieldCheck = (value, at) => {
  if (value === null || value === undefined) return [problem("FIELD_VALUE_IS_NULL", "must not be null", at)];
  if (typeof value !== "string") return [problem("FIELD_VALUE_IS_INVALID", "must be a string", at)];
  return value.trim() === "" ? [problem("FIELD_VALUE_IS_EMPTY", "must not be empty", at)] : [];
};

export const nullableText: FieldCheck = (value, at) =>
  value === null || typeof value === "string"
    ? []
    : [problem("FIELD_VALUE_IS_INVALID", "must be a string or null", at)];

export const oneOf =
  (...allowed: string[]): FieldCheck =>
  (value, at) =>
    typeof value === "string" && allowed.includes(value)
      ? []
      : [problem("FIELD_VALUE_IS_INVALID", `must be one of ${allowed.join(", ")}`, at)];

export const between =
  (least: number, most: number): FieldCheck =>
  (value, at) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      return [problem("FIELD_VALUE_IS_INVALID", "must be a number", at)];
    }
    if (value >= least && value <= most) return [];
    return [problem("FIELD_VALUE_IS_OUT_OF_RANGE", `must be from ${least} to ${most}`, at)];
  };

export const nullable =
  (check: FieldCheck): FieldCheck =>
  (value, at) =>
    value === null ? [] : check(value, at);

export const moment: FieldCheck = (value, at) =>
  typeof value === "string" && !Number.isNaN(Date.parse(value))
    ? []
    : [problem("FIELD_VALUE_IS_INVALID", "must be an ISO date-time", at)];

export const anything: FieldCheck = () => [];

export const listOf =
  (check: FieldCheck, size: { least?: number; most: number }): FieldCheck =>
  (value, at) => {
    if (!Array.isArray(value)) return [problem("FIELD_VALUE_IS_INVALID", "must be a list", at)];
    const { least = 0, most } = size;
    if (value.length < least || value.length > most) {
      return [problem("FIELD_SIZE_IS_OUT_OF_RANGE", `must hold ${least} to ${most} items`, at)];
    }
    return value.flatMap((item, index) => check(item, `${at}[${index}]`));
  };

/** An object of known fields; `required` ones must be there. Others cannot be written. */
export const objectOf =
  (fields: Record<string, FieldCheck>, required: readonly string[] = []): FieldCheck =>
  (value, at) => {
    if (!isRecord(value)) return [problem("FIELD_VALUE_IS_INVALID", "must be an object", at)];
    const missing = required.filter((name) => value[name] === undefined);
    return [
      ...missing.map((name) => problem("FIELD_VALUE_IS_NULL", `${name} is required`, `${at}.${name}`)),
      ...Object.entries(value).flatMap(([name, item]) => {
        const check = fields[name];
        return check
          ? check(item, `${at}.${name}`)
          : [problem("FIELD_VALUE_CANNOT_EDIT", `${name} cannot be written`, `${at}.${name}`)];
      }),
    ];
  };

const MOST_MONEY = 1_000_000_000;

const monetary = objectOf(
  {
    monetaryBudgetValue: objectOf({ monetaryBudget: objectOf({ value: between(0.01, MOST_MONEY) }, ["value"]) }, [
      "monetaryBudget",
    ]),
  },
  ["monetaryBudgetValue"],
);

export const budget = objectOf(
  { budgetType: oneOf("MONETARY"), recurrenceTimePeriod: oneOf("DAILY", "LIFETIME", "MONTHLY"), budgetValue: monetary },
  ["budgetType", "recurrenceTimePeriod", "budgetValue"],
);

const flightFields = objectOf(
  {
    flightId: nonEmptyText,
    name: nullableText,
    startDateTime: moment,
    endDateTime: moment,
    budget: objectOf(
      {
        budgetType: oneOf("MONETARY"),
        recurrenceTimePeriod: oneOf("DAILY", "LIFETIME", "MONTHLY"),
        budgetValue: monetary,
      },
      ["budgetType", "budgetValue"],
    ),
  },
  ["startDateTime", "endDateTime", "budget"],
);

export const flight: FieldCheck = (value, at) => {
  const problems = flightFields(value, at);
  if (problems.length > 0 || !isRecord(value)) return problems;
  return Date.parse(String(value.endDateTime)) > Date.parse(String(value.startDateTime))
    ? []
    : [problem("FIELD_VALUE_IS_INVALID", "endDateTime must be after startDateTime", `${at}.endDateTime`)];
};

export const frequency = objectOf(
  {
    eventMaxCount: between(1, 99_000),
    frequencyTargetingSetting: oneOf("USER", "HOUSEHOLD"),
    timeCount: between(1, 60),
    timeUnit: oneOf("DAYS", "HOURS", "MINUTES"),
  },
  ["eventMaxCount", "frequencyTargetingSetting", "timeCount", "timeUnit"],
);

export const tag = objectOf({ key: nonEmptyText, value: nonEmptyText }, ["key", "value"]);
