// The window of refreshes under way. Replies of one agency that come while its last ones are being stored go into the next
// transaction together.
import type { Ctx } from "../core/context";
import type { Log } from "../core/log";
import { recordFailure } from "./record-failure";
import { askAmazon, type Leased, type Reply, storeReplies } from "./refresh-grant";

export interface Renewer {
  renew(agencyId: string, leased: Leased): void;
  /** Refreshes that may be started now. */
  free(): number;
  /** Refreshes started so far. */
  started(): number;
  resize(size: number): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Options {
  log: Log;
  context(agencyId: string): Ctx;
  /** A refresh is over. */
  onFree(agencyId: string, renewed: boolean): void;
}

export function createRenewer({ log, context, onFree }: Options): Renewer {
  let size = 1;
  let begun = 0;
  const underWay = new Set<Promise<void>>();
  const stores = new Map<string, Store>();

  /** @returns whether a new token is kept */
  async function renew(agencyId: string, leased: Leased): Promise<boolean> {
    const ctx = context(agencyId);
    try {
      const tokens = await askAmazon(ctx, leased).catch(async (error) => {
        await recordFailure(ctx, leased, error);
        return null;
      });
      if (!tokens) return false;
      const store = stores.get(agencyId) ?? createStore((replies) => storeReplies(ctx, replies));
      stores.set(agencyId, store);
      await store({ ...leased, tokens });
      return true;
    } catch (error) {
      // The lease ends by itself, and the grant is due again.
      log.warn({ err: error, connectionId: leased.connection.id }, "a renewed token could not be kept");
      return false;
    }
  }

  return {
    renew(agencyId, leased) {
      begun++;
      const work = renew(agencyId, leased).then((renewed) => {
        underWay.delete(work);
        onFree(agencyId, renewed);
      });
      underWay.add(work);
    },
    free: () => Math.max(0, size - underWay.size),
    started: () => begun,
    resize: (wanted) => {
      size = wanted;
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}

type Store = (reply: Reply) => Promise<void>;

/** Stores one lot at a time; what arrives meanwhile is the next lot. */
function createStore(write: (replies: Reply[]) => Promise<unknown>): Store {
  let waiting: Reply[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const writeNext = async () => {
    await last.catch(() => {});
    const lot = waiting;
    waiting = [];
    next = null;
    last = write(lot);
    await last;
  };
  return (reply) => {
    waiting.push(reply);
    next ??= writeNext();
    return next;
  };
}
