// The window of refreshes under way, and the few that were leased to be next, so that a free place is taken at once. Replies
// of one agency that come while its last ones are being stored go into the next transaction together.
import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "../core/context";
import type { Log } from "../core/log";
import { recordFailure } from "./record-failure";
import { askAmazon, type Leased, type Reply, storeReplies } from "./refresh-grant";

export interface Renewer {
  /** Starts the refreshes, or has them wait for a place. */
  renew(ctx: Ctx, leased: readonly Leased[]): void;
  /** How many more may be leased now; none while enough are waiting. */
  room(): number;
  /** Refreshes taken on so far. */
  taken(): number;
  resize(size: number): void;
  /** Resolves when nothing is under way. What waits is left to its lease. */
  stop(): Promise<void>;
}

interface Options {
  log: Log;
  /** A refresh is over. */
  onFree(agencyId: string, renewed: boolean): void;
}

export function createRenewer({ log, onFree }: Options): Renewer {
  let size = 1;
  let taken = 0;
  let waiting: { ctx: Ctx; leased: Leased; since: number }[] = [];
  const underWay = new Set<Promise<void>>();
  const beingStored = new Set<Promise<void>>();
  const stores = new Map<string, Store>();

  /** @returns whether a new token is kept */
  async function keep(ctx: Ctx, reply: Reply): Promise<boolean> {
    const store = stores.get(ctx.agencyId) ?? createStore();
    stores.set(ctx.agencyId, store);
    try {
      await store(ctx, reply);
      return true;
    } catch (error) {
      // The lease ends by itself, and the grant is due again.
      log.warn({ err: error, connectionId: reply.connection.id }, "a renewed token could not be kept");
      return false;
    }
  }

  /** Null where there is none; that is recorded. */
  async function ask(ctx: Ctx, leased: Leased): Promise<Reply | null> {
    try {
      return { ...leased, tokens: await askAmazon(ctx, leased) };
    } catch (error) {
      await recordFailure(ctx, leased, error).catch((failure) =>
        log.warn({ err: failure }, "a failed refresh was not kept"),
      );
      return null;
    }
  }

  function fill(): void {
    while (underWay.size < size) {
      const next = waiting.shift();
      if (!next) return;
      // Its lease may be over before the reply is here: whoever looks next leases it anew.
      if (performance.now() - next.since > patienceMs) continue;
      begin(next.ctx, next.leased);
    }
  }

  /** The place is free again as soon as Amazon has answered; what is still being stored is bounded by what may wait. */
  function begin(ctx: Ctx, leased: Leased): void {
    const asking = ask(ctx, leased).then((reply) => {
      underWay.delete(asking);
      const storing = (reply ? keep(ctx, reply) : Promise.resolve(false)).then((renewed) => {
        beingStored.delete(storing);
        onFree(ctx.agencyId, renewed);
      });
      beingStored.add(storing);
      fill();
    });
    underWay.add(asking);
  }

  return {
    renew(ctx, leased) {
      taken += leased.length;
      const since = performance.now();
      waiting.push(...leased.map((one) => ({ ctx, leased: one, since })));
      fill();
    },
    room: () => {
      const held = waiting.length + underWay.size + beingStored.size;
      return waiting.length > 2 * size ? 0 : Math.max(0, 5 * size - held);
    },
    taken: () => taken,
    resize: (wanted) => {
      size = wanted;
    },
    async stop() {
      waiting = [];
      await Promise.all(underWay);
      await Promise.all(beingStored);
    },
  };
}

/** Replies come in swarms: the first waits this long for the next ones. */
const gatherMs = 25;

/** With the time a request may take, less than a lease. */
const patienceMs = 8000;

type Store = (ctx: Ctx, reply: Reply) => Promise<void>;

/** Stores one lot of an agency's replies at a time; what arrives before is in the next lot. */
function createStore(): Store {
  let waiting: Reply[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const writeNext = async (ctx: Ctx) => {
    await Promise.all([last.catch(() => {}), sleep(gatherMs)]);
    const lot = waiting;
    waiting = [];
    next = null;
    last = storeReplies(ctx, lot);
    await last;
  };
  return (ctx, reply) => {
    waiting.push(reply);
    next ??= writeNext(ctx);
    return next;
  };
}
