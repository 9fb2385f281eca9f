// The values of a campaign or ad group that can be changed: read from our rows, edited, compared. Pure.
import { Temporal } from "temporal-polyfill";
import type { ChangeField, ChangeRaise, ChangeValues, ChangeWish } from "./change-contract";
import { decimalDigits } from "./currency-digits";

/** What is stored of either kind, as far as it can be changed. */
export interface Changeable {
  name: string;
  state: string;
  budget: bigint | null;
  baseBid?: bigint | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

export interface Place {
  currency: string;
  timeZone: string;
}

/** All values of one entity; `baseBid` only where it has that field. */
export function valuesOf(row: Changeable): ChangeValues {
  return {
    name: row.name,
    state: row.state,
    budget: row.budget?.toString() ?? null,
    ...(row.baseBid === undefined ? {} : { baseBid: row.baseBid?.toString() ?? null }),
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
  };
}

export const fieldsOf = (values: ChangeValues): ChangeField[] => Object.keys(values) as ChangeField[];

/** The values of the fields named. */
export const pick = (values: ChangeValues, fields: readonly ChangeField[]): ChangeValues =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));

/** Fields in which two differ, of those that `of` has. */
export const differing = (of: ChangeValues, from: ChangeValues): ChangeField[] =>
  fieldsOf(of).filter((field) => (of[field] ?? null) !== (from[field] ?? null));

export type Edited = { values: ChangeValues } | { reason: string };

/** What a wish means for one entity; a reason where it means nothing there. */
export function wishedValues(current: ChangeValues, wish: ChangeWish, place: Place): Edited {
  const { startsOn, endsOn, ...rest } = wish;
  if (rest.baseBid !== undefined && current.baseBid === undefined) {
    return { reason: "A campaign has no bid: bids belong to its ad groups." };
  }
  for (const field of ["budget", "baseBid"] as const) {
    const digits = decimalDigits(place.currency);
    const amount = rest[field];
    if (amount !== undefined && BigInt(amount) % 10n ** BigInt(6 - digits) !== 0n) {
      return { reason: `${place.currency} has ${digits || "no"} decimals.` };
    }
  }
  if (rest.budget !== undefined && current.budget === null) return { reason: noBudget };
  if (rest.baseBid !== undefined && current.baseBid === null) return { reason: "Amazon names no base bid for it." };
  const dates = {
    ...(startsOn === undefined ? {} : { startsAt: firstMoment(startsOn, place.timeZone) }),
    ...(endsOn === undefined ? {} : { endsAt: lastMoment(endsOn, place.timeZone) }),
  };
  return { values: { ...rest, ...dates } };
}

const noBudget = "It has no budget of its own at Amazon: its flights or its campaign have.";

/** An amount raised or lowered, rounded to what the currency has. */
export function raisedValues(current: ChangeValues, { field, percent, by }: ChangeRaise, place: Place): Edited {
  const now = current[field];
  if (now === undefined) return { reason: "A campaign has no bid: bids belong to its ad groups." };
  if (now === null) return { reason: field === "budget" ? noBudget : "Amazon names no base bid for it." };
  const amount = BigInt(now);
  const step = 10n ** BigInt(6 - decimalDigits(place.currency));
  // Hundredths of a percent, so that no float touches the amount.
  const raised =
    percent === undefined ? amount + BigInt(by ?? 0) : (amount * BigInt(Math.round(10_000 + percent * 100))) / 10_000n;
  const rounded = ((raised + step / 2n) / step) * step;
  if (rounded <= 0n) return { reason: "Nothing would be left of it." };
  return { values: { [field]: rounded.toString() } };
}

/** The first moment of a day in a zone. */
export const firstMoment = (day: string, zone: string): string =>
  startOf(Temporal.PlainDate.from(day), zone).toISOString();

/** The last second of a day in a zone, as Amazon ends its flights. */
export const lastMoment = (day: string, zone: string): string =>
  new Date(startOf(Temporal.PlainDate.from(day).add({ days: 1 }), zone).getTime() - 1000).toISOString();

const startOf = (day: Temporal.PlainDate, zone: string): Date =>
  new Date(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds);

/** The item after more was wished for: what is as Amazon holds it is no change. Null where none is left. */
export function withEdit(
  item: { before: ChangeValues; after: ChangeValues } | undefined,
  current: ChangeValues,
  wanted: ChangeValues,
): { before: ChangeValues; after: ChangeValues } | null {
  const after = { ...item?.after, ...wanted };
  const before = { ...item?.before, ...pick(current, fieldsOf(wanted)) };
  const changed = differing(after, before);
  return changed.length > 0 ? { before: pick(before, changed), after: pick(after, changed) } : null;
}
