// Who goes next: the more urgent before the less, and within one urgency the agencies in turn, each of them its brands in turn.
// However many calls one of them has waiting, another's next call waits for one turn only.
import { type Caller, type Priority, priorities } from "./caller";

export type Place = Pick<Caller, "agencyId" | "brandId" | "priority">;

export interface FairQueue<T> {
  readonly size: number;
  add(place: Place, item: T): void;
  /** Takes the next one out; undefined when nobody waits. */
  take(): T | undefined;
  /** Does nothing when it is not there any more. */
  remove(place: Place, item: T): void;
  /** All who wait, in no promised order. */
  all(): T[];
}

type Line<T> = Set<T>;
type Agency<T> = Map<string, Line<T>>;

export function createFairQueue<T>(): FairQueue<T> {
  // Maps and sets keep the order of insertion: first is next, and whoever had a turn is put in again as last.
  const waiting: Record<Priority, Map<string, Agency<T>>> = {
    person: new Map(),
    sync: new Map(),
    backfill: new Map(),
  };
  let size = 0;

  function remove({ agencyId, brandId = "", priority }: Place, item: T): void {
    const agency = waiting[priority].get(agencyId);
    const line = agency?.get(brandId);
    if (!agency || !line?.delete(item)) return;
    size--;
    if (line.size === 0) agency.delete(brandId);
    if (agency.size === 0) waiting[priority].delete(agencyId);
  }

  function takeFrom(agencies: Map<string, Agency<T>>): T | undefined {
    for (const [agencyId, agency] of agencies) {
      for (const [brandId, line] of agency) {
        for (const item of line) {
          size--;
          line.delete(item);
          agency.delete(brandId);
          if (line.size > 0) agency.set(brandId, line);
          agencies.delete(agencyId);
          if (agency.size > 0) agencies.set(agencyId, agency);
          return item;
        }
      }
    }
    return undefined;
  }

  return {
    get size() {
      return size;
    },
    add({ agencyId, brandId = "", priority }, item) {
      const agency = waiting[priority].get(agencyId) ?? new Map<string, Line<T>>();
      waiting[priority].set(agencyId, agency);
      const line = agency.get(brandId) ?? new Set();
      agency.set(brandId, line.add(item));
      size++;
    },
    take() {
      for (const priority of priorities) {
        const item = takeFrom(waiting[priority]);
        if (item !== undefined) return item;
      }
      return undefined;
    },
    remove,
    all: () =>
      priorities.flatMap((priority) =>
        [...waiting[priority].values()].flatMap((agency) => [...agency.values()].flatMap((line) => [...line])),
      ),
  };
}
