import type { Sandbox } from "../sandbox";
import type { EntityKind, Patch } from "./edits";
import type { Entity } from "./entities";
import { isRecord } from "./v1-request";

// Lays checked changes over an entity: absent is unchanged, objects merge, arrays replace.

export interface UpdateTarget {
  sandbox: Sandbox;
  kind: EntityKind;
  id: string;
  entity: Entity;
  currency: string;
}

export function applyUpdate(target: UpdateTarget, changes: Record<string, unknown>): void {
  const { sandbox, kind, id, entity, currency } = target;
  const patch: Patch = {};
  for (const [name, value] of Object.entries(changes)) patch[name] = withCurrency(merge(entity[name], value), currency);
  if (Array.isArray(patch.flights)) Object.assign(patch, flightEdges(id, patch.flights as Entity[]));
  patch.lastUpdatedDateTime = sandbox.clock.iso().replace(/\.\d+/, "");
  sandbox.edits.apply(kind, id, patch);
}

function merge(old: unknown, value: unknown): unknown {
  if (!isRecord(old) || !isRecord(value)) return value;
  const merged: Record<string, unknown> = { ...old };
  for (const [name, item] of Object.entries(value)) merged[name] = merge(old[name], item);
  return merged;
}

/** Writes carry no currency; replies do. */
function withCurrency(value: unknown, currency: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withCurrency(item, currency));
  if (!isRecord(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withCurrency(item, currency)]));
  if (isRecord(copy.monetaryBudget)) copy.monetaryBudget = { ...copy.monetaryBudget, currencyCode: currency };
  return copy;
}

/** New flights get ids; the campaign's own dates are those of its first and last flight. */
function flightEdges(id: string, flights: Entity[]): Patch {
  const numbered = flights.map((flight, index) => ({
    flightId: `${id.slice(0, 14)}${String(index + 1).padStart(4, "0")}`,
    ...flight,
  }));
  const starts = flights.map((flight) => String(flight.startDateTime)).sort();
  const ends = flights.map((flight) => String(flight.endDateTime)).sort();
  return { flights: numbered, startDateTime: starts[0], endDateTime: ends[ends.length - 1] };
}
