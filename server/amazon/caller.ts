// On whose behalf a call to Amazon is made. Set where that is known, read where calls are limited and recorded, and passed
// through everything in between without being named there.
import { AsyncLocalStorage } from "node:async_hooks";

/** A person waits for it; the clock asked for it; it fills in the past. In this order calls go out. */
export type Priority = "person" | "sync" | "backfill";

export const priorities = ["person", "sync", "backfill"] as const satisfies readonly Priority[];

export interface Caller {
  agencyId: string;
  connectionId?: string;
  accountId?: string;
  brandId?: string;
  /** The job, or the person, that began it. */
  origin: string;
  priority: Priority;
}

const storage = new AsyncLocalStorage<Caller>();

/**
 * Runs the work on behalf of the caller. Within another caller of the same agency the two are merged: the inner one adds
 * whom it concerns, the outer one says who began it and how urgent that is.
 */
export function asCaller<T>(caller: Caller, work: () => T): T {
  const outer = storage.getStore();
  return storage.run(outer?.agencyId === caller.agencyId ? merge(outer, caller) : caller, work);
}

/** Undefined outside `asCaller`. */
export const currentCaller = (): Caller | undefined => storage.getStore();

const merge = (outer: Caller, inner: Caller): Caller => ({
  agencyId: outer.agencyId,
  connectionId: inner.connectionId ?? outer.connectionId,
  accountId: inner.accountId ?? outer.accountId,
  brandId: inner.brandId ?? outer.brandId,
  origin: outer.origin,
  priority: outer.priority,
});
