// Which waiting runs get the free places at Amazon: persons before schedules before the past, and among equals whoever has the fewest.
import { amcLimits } from "./contract";
import type { ExecutionOrigin } from "./execution-contract";

export interface Waiting {
  id: string;
  instanceId: string;
  /** The AMC account of the instance. */
  accountId: string;
  brandId: string | null;
  batchId: string | null;
  /** Runs of its batch that may be at Amazon at once; null: no batch. */
  atOnce: number | null;
  origin: ExecutionOrigin;
  createdAt: Date;
}

/** A run that Amazon has, or is being given. */
export type Busy = Pick<Waiting, "instanceId" | "accountId" | "brandId" | "batchId">;

const ranks: Record<ExecutionOrigin, number> = { person: 0, schedule: 1, backfill: 2 };

export function chooseRuns(waiting: readonly Waiting[], busy: readonly Busy[], limits = amcLimits): string[] {
  const held = { instance: new Tally(), account: new Tally(), brand: new Tally(), batch: new Tally() };
  const take = (run: Busy) => {
    held.instance.add(run.instanceId);
    held.account.add(run.accountId);
    held.brand.add(run.brandId);
    held.batch.add(run.batchId);
  };
  for (const run of busy) take(run);
  const hasPlace = (run: Waiting) =>
    held.instance.of(run.instanceId) < limits.perInstance &&
    held.account.of(run.accountId) < limits.perAccount &&
    held.batch.of(run.batchId) < (run.atOnce ?? Number.POSITIVE_INFINITY);
  const chosen: string[] = [];
  let left = [...waiting];
  for (;;) {
    left = left.filter(hasPlace);
    const next = left.reduce<Waiting | null>(
      (best, run) => (best && !goesBefore(run, best, held.brand) ? best : run),
      null,
    );
    if (!next) return chosen;
    take(next);
    chosen.push(next.id);
    left = left.filter((run) => run !== next);
  }
}

function goesBefore(a: Waiting, b: Waiting, brands: Tally): boolean {
  const byRank = ranks[a.origin] - ranks[b.origin];
  if (byRank !== 0) return byRank < 0;
  const byShare = brands.of(a.brandId) - brands.of(b.brandId);
  if (byShare !== 0) return byShare < 0;
  return a.createdAt < b.createdAt;
}

/** Null is nobody's: never counted. */
class Tally {
  private readonly counts = new Map<string, number>();

  add(key: string | null): void {
    if (key !== null) this.counts.set(key, this.of(key) + 1);
  }

  of(key: string | null): number {
    return key === null ? 0 : (this.counts.get(key) ?? 0);
  }
}
