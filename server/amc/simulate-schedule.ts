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
import { mostMissed, nextTimes, type Timing, timesBetween, timesNear } from "./schedule-times";

const slotCount = 30;
/** Of the slots in another hour, so many are looked at. */
const spreadCount = 7;
const hourMs = 3_600_000;
/** Runs so close share Amazon's places. */
const nearMs = hourMs / 2;
/** Load of slots later than this is their own only. */
const horizonMs = 35 * 24 * hourMs;
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
    const moves = movesOf(wish, tx.now());
    const moments = [...times, ...moves.flatMap((move) => move.times)];
    const others = await othersNear(tx, { moments, except: wish.scheduleId });
    const slots = times.map((at) => slotAt(at, { wish, instances, others }));
    const result: Simulation = {
      slots,
      limits: amcLimits,
      spread: spreadOf(moves, { instances, others, slots }),
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

async function othersNear(
  tx: TxCtx,
  { moments, except }: { moments: readonly Date[]; except: string | undefined },
): Promise<Other[]> {
  const schedules = (await selectActive(tx)).filter(({ id }) => id !== except);
  const ids = [...new Set(schedules.flatMap(({ instanceIds }) => instanceIds))];
  const accounts = new Map((await selectInstancesById(tx, ids)).map(({ id, accountId }) => [id, accountId]));
  const last = tx.now().getTime() + horizonMs;
  const soon = moments.filter((moment) => moment.getTime() <= last);
  return schedules.flatMap((schedule) =>
    timesNear(schedule, soon, nearMs).flatMap((moment) =>
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
  const near = others.filter((other) => Math.abs(other.at - at.getTime()) <= nearMs);
  const inAccount = (accountId: string) => [...instances, ...near].filter((one) => one.accountId === accountId).length;
  return {
    instance: Math.max(0, ...instances.map(({ id }) => 1 + near.filter(({ instanceId }) => instanceId === id).length)),
    account: Math.max(0, ...instances.map(({ accountId }) => inAccount(accountId))),
  };
}

/** The same cron in another hour of the day, and its slots there. */
interface Move {
  cron: string;
  times: Date[];
}

/** None where the cron has no single hour. */
function movesOf(wish: Wish, now: Date): Move[] {
  const [minute, hour, ...rest] = wish.cron.trim().split(/\s+/);
  if (!minute || !/^\d+$/.test(hour ?? "")) return [];
  return Array.from({ length: 24 }, (_, other) => {
    const cron = [minute, other, ...rest].join(" ");
    return { cron, times: nextTimes({ ...wish, cron }, now, spreadCount) };
  });
}

/** The cron of the emptiest hour; null where the present one is as good. */
function spreadOf(
  moves: readonly Move[],
  { instances, others, slots }: Omit<Around, "wish"> & { slots: readonly SimulatedSlot[] },
): string | null {
  const fullest = (loads: readonly SimulatedSlot["load"][]) => Math.max(0, ...loads.map(({ account }) => account));
  let least = fullest(slots.slice(0, spreadCount).map(({ load }) => load));
  let best: string | null = null;
  for (const { cron, times } of moves) {
    const load = fullest(times.map((at) => loadAt(at, instances, others)));
    if (load >= least) continue;
    [best, least] = [cron, load];
  }
  return best;
}

function afterDownTime(timing: Timing, times: readonly Date[], instances: number): Simulation["afterDownTime"] {
  let most = 0;
  for (const at of times) {
    if (most === mostMissed) break;
    const until = new Date(at.getTime() + downTimeMs);
    const missed = timesBetween(timing, { after: new Date(at.getTime() - 1), until, most: mostMissed });
    most = Math.max(most, missed.length);
  }
  return { latest: Math.min(most, 1) * instances, all: most * instances, skip: 0 };
}
