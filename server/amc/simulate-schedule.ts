// What a schedule would do, before it is saved: its next slots on the clocks of its zone, how full Amazon would be then, and what down-time would do.
import { Temporal } from "temporal-polyfill";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { amcLimits } from "./contract";
import { findInstance, type InstanceRow } from "./instance-store";
import { dataReadyAt, resolveWindow } from "./resolve-window";
import { Simulate, type SimulatedSlot, type Simulation } from "./schedule-contract";
import { type ScheduleRow, selectActive, selectInstancesById } from "./schedule-store";
import { nextTimes, type Timing, timesBetween } from "./schedule-times";

const slotCount = 30;
const hourMs = 3_600_000;
const downTimeMs = 6 * hourMs;

export const simulateSchedule = command({
  name: "amc-schedule.simulate",
  permission: "amc.read",
  input: Simulate,
  brandOf: () => "anyBrand",
  run: async (tx, wish) => {
    const instances: InstanceRow[] = [];
    for (const id of wish.instanceIds) {
      const instance = await findInstance(tx, id);
      if (!instance) throw notFound("This AMC instance");
      instances.push(instance);
    }
    const times = nextTimes(wish, tx.now(), slotCount);
    const others = await othersBetween(tx, { times, except: wish.scheduleId });
    const slots = times.map((at) => slotAt(at, { wish, instances, others }));
    const result: Simulation = {
      slots,
      limits: amcLimits,
      spread: spreadOf(wish, { instances, others, slots, now: tx.now() }),
      afterDownTime: afterDownTime(wish, times, instances.length),
    };
    return { result, audit: null };
  },
});

/** Moments at which other schedules have a run due on an instance. */
interface Other {
  at: number;
  instanceId: string;
  accountId: string;
}

type Wish = Timing & Pick<ScheduleRow, "window">;

async function othersBetween(
  tx: TxCtx,
  { times, except }: { times: readonly Date[]; except: string | undefined },
): Promise<Other[]> {
  const [first, last] = [times[0], times.at(-1)];
  if (!first || !last) return [];
  const schedules = (await selectActive(tx)).filter(({ id }) => id !== except);
  const ids = [...new Set(schedules.flatMap(({ instanceIds }) => instanceIds))];
  const accounts = new Map((await selectInstancesById(tx, ids)).map(({ id, accountId }) => [id, accountId]));
  const range = {
    after: new Date(first.getTime() - 24 * hourMs),
    until: new Date(last.getTime() + 24 * hourMs),
    most: 2_000,
  };
  return schedules.flatMap((schedule) =>
    timesBetween(schedule, range).flatMap((moment) =>
      schedule.instanceIds.map((instanceId) => ({
        at: moment.getTime(),
        instanceId,
        accountId: accounts.get(instanceId) ?? "",
      })),
    ),
  );
}

interface Around {
  wish: Wish;
  instances: readonly InstanceRow[];
  others: readonly Other[];
}

function slotAt(at: Date, { wish, instances, others }: Around): SimulatedSlot {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(wish.timeZone);
  const begun = local.startOfDay();
  const window = resolveWindow(wish.window, { timeZone: instances[0]?.timeZone ?? wish.timeZone, now: at });
  return {
    dueAt: at.toISOString(),
    local: `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: "minute" })}`,
    offset: local.offset,
    clockChange: begun.hoursInDay === 24 ? null : begun.hoursInDay < 24 ? "forward" : "back",
    window: { from: window.from, to: window.to },
    dataReadyAt: dataReadyAt(window).toISOString(),
    load: loadAt(at, instances, others),
  };
}

/** Its own runs, and those of others within half an hour: on the fullest instance, and in the fullest account. */
function loadAt(at: Date, instances: readonly InstanceRow[], others: readonly Other[]): SimulatedSlot["load"] {
  const near = others.filter((other) => Math.abs(other.at - at.getTime()) <= hourMs / 2);
  const inAccount = (accountId: string) => [...instances, ...near].filter((one) => one.accountId === accountId).length;
  return {
    instance: Math.max(0, ...instances.map(({ id }) => 1 + near.filter(({ instanceId }) => instanceId === id).length)),
    account: Math.max(0, ...instances.map(({ accountId }) => inAccount(accountId))),
  };
}

/** The same cron in the emptiest hour of the day; null where it has no single hour, or is as good. */
function spreadOf(
  wish: Wish,
  { instances, others, slots, now }: Omit<Around, "wish"> & { slots: readonly SimulatedSlot[]; now: Date },
): string | null {
  const [minute, hour, ...rest] = wish.cron.trim().split(/\s+/);
  if (!minute || !/^\d+$/.test(hour ?? "")) return null;
  const fullest = (loads: readonly SimulatedSlot["load"][]) => Math.max(0, ...loads.map(({ account }) => account));
  const present = fullest(slots.map(({ load }) => load));
  let best: { cron: string; load: number } | null = null;
  for (let other = 0; other < 24; other++) {
    const cron = [minute, other, ...rest].join(" ");
    const times = nextTimes({ ...wish, cron }, now, slotCount);
    const load = fullest(times.map((at) => loadAt(at, instances, others)));
    if (load < (best?.load ?? present)) best = { cron, load };
  }
  return best?.cron ?? null;
}

function afterDownTime(timing: Timing, times: readonly Date[], instances: number): Simulation["afterDownTime"] {
  const missed = times.map((at) => {
    const until = new Date(at.getTime() + downTimeMs);
    return timesBetween(timing, { after: new Date(at.getTime() - 1), until, most: 1_000 }).length;
  });
  const most = Math.max(0, ...missed);
  return { latest: Math.min(most, 1) * instances, all: most * instances, skip: 0 };
}
