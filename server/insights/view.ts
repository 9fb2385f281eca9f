// How a reader looks at numbers: which days, seen as of which moment, compared with what.
import { AppError } from "../core/errors";
import { filterValues, type ListQuery } from "../core/query";
import { type Comparison, comparisons } from "./date-range";

export interface View {
  /** A preset such as last-30-days, or from..to. */
  range?: string | undefined;
  /** ISO 8601: the numbers as they stood then. */
  asOf?: string | undefined;
  compare?: Comparison | undefined;
  /** The days compared with are seen as they stood at the age that the range has now. */
  sameAge?: boolean | undefined;
  /** Money in this currency, each day by the rate of its day; native where left out. */
  inCurrency?: string | undefined;
}

/** The filters of a resource whose numbers can be looked at so. */
export const viewFilter = { range: "text", asOf: "text", compare: comparisons, sameAge: "boolean" } as const;
/** Beside them, where money can be seen in one currency. */
export const conversionFilter = { inCurrency: "text" } as const;
const viewFields = Object.keys({ ...viewFilter, ...conversionFilter });

export function viewOf(query: ListQuery): View {
  return {
    range: onlyOne(query, "range"),
    asOf: onlyOne(query, "asOf"),
    compare: onlyOne(query, "compare") as Comparison | undefined,
    sameAge: onlyOne(query, "sameAge") === "true",
    inCurrency: onlyOne(query, "inCurrency"),
  };
}

/** The filters that choose rows, without those that say how to look at them. */
export const withoutView = (query: ListQuery): ListQuery["filters"] =>
  query.filters.filter(({ field }) => !viewFields.includes(field));

/** @throws {AppError} malformed, where the field is asked for twice */
export function onlyOne(query: ListQuery, field: string): string | undefined {
  const [value, more] = filterValues(query, field) ?? [];
  if (more === undefined) return value;
  throw new AppError("malformed", `The parameter ${field} may stand once.`, { fields: { [field]: "give one value" } });
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** @throws {AppError} malformed, where `asOf` is no moment or has not come yet */
export function momentOf({ asOf }: View, now: Date): Date | null {
  if (asOf === undefined) return null;
  const at = moment.test(asOf) ? new Date(asOf) : null;
  if (at && !Number.isNaN(at.getTime()) && at <= now) return at;
  throw new AppError("malformed", "The parameter asOf does not name a moment in the past.", {
    fields: { asOf: "use ISO 8601 with a zone, such as 2026-11-20T14:00:00Z, not later than now" },
  });
}
