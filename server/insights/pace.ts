// How spending stands to an even pace, for one period with a budget. Pure: money is micros, days are those of the account's zone.
import type { CampaignInsights } from "./contract";
import { addDays, dayIn, daysBetween } from "./date-range";
import type { PaceState } from "./pace-contract";

/** Closer to the even pace than this is on pace. */
const onPace = 0.05;
/** Days that say how it goes on. */
export const recentDays = 7;

export interface Budgeted {
  flights: CampaignInsights["flights"];
  startsAt: Date | null;
  endsAt: Date | null;
  budget: bigint | null;
  budgetPeriod: string | null;
}

/** What is paced: a budget and the days it is for. */
export interface Period {
  basis: "flight" | "month" | "campaign";
  flight: string | null;
  from: string;
  /** Null: without an end. */
  to: string | null;
  budget: bigint;
}

/** The day of a moment at which something ends: midnight ends the day before. */
const lastDay = (zone: string, moment: Date): string => dayIn(zone, new Date(moment.getTime() - 1));

/** The flight that runs today, else the next, else the last; without one that has a budget, the campaign's own. */
export function periodOf(campaign: Budgeted, zone: string, today: string): Period | null {
  const flights = campaign.flights
    .flatMap(({ name, startsAt, endsAt, budget }): Period[] =>
      startsAt && endsAt && budget !== null
        ? [
            {
              basis: "flight",
              flight: name,
              from: dayIn(zone, new Date(startsAt)),
              to: lastDay(zone, new Date(endsAt)),
              budget: BigInt(budget),
            },
          ]
        : [],
    )
    .sort((a, b) => a.from.localeCompare(b.from));
  const running = flights.find(({ from, to }) => from <= today && to !== null && today <= to);
  return running ?? flights.find(({ from }) => from > today) ?? flights.at(-1) ?? wholeOf(campaign, zone, today);
}

/** Of a monthly budget the days of the campaign in this month; in its first or last one, where it has not begun or is over. */
function wholeOf({ budget, budgetPeriod, startsAt, endsAt }: Budgeted, zone: string, today: string): Period | null {
  if (budget === null || !startsAt) return null;
  const [from, to] = [dayIn(zone, startsAt), endsAt ? lastDay(zone, endsAt) : null];
  if (budgetPeriod === "LIFETIME") return { basis: "campaign", flight: null, from, to, budget };
  if (budgetPeriod !== "MONTHLY") return null;
  const day = today < from ? from : to !== null && to < today ? to : today;
  const first = `${day.slice(0, 7)}-01`;
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  return {
    basis: "month",
    flight: null,
    from: first < from ? from : first,
    to: to !== null && to < last ? to : last,
    budget,
  };
}

/** The last day of the period that is over and reported; null while there is none. */
export function countedThrough(
  period: Period,
  { today, lastDay: reported }: { today: string; lastDay: string | null },
) {
  if (reported === null) return null;
  const last = [addDays(today, -1), reported, period.to ?? today].sort()[0] ?? today;
  return last < period.from ? null : last;
}

export interface Spent {
  spent: bigint;
  /** In the last days that are counted, at most seven. */
  recent: bigint;
}

export interface Standing {
  days: number | null;
  counted: number;
  daysLeft: number | null;
  expected: bigint | null;
  ahead: bigint | null;
  deviation: number | null;
  projected: bigint | null;
  pace: PaceState;
}

interface Moment {
  through: string | null;
  today: string;
}

export function standingOf(period: Period, { spent, recent }: Spent, { through, today }: Moment): Standing {
  const { from, to, budget } = period;
  const counted = through === null ? 0 : daysBetween(from, through) + 1;
  const days = to === null ? null : daysBetween(from, to) + 1;
  const daysLeft = to === null ? null : Math.max(0, daysBetween(today < from ? from : today, to) + 1);
  const expected = days === null || counted === 0 ? null : (budget * BigInt(counted)) / BigInt(days);
  const rate = BigInt(Math.min(recentDays, counted));
  const projected = days === null || rate === 0n ? null : spent + (recent * BigInt(days - counted)) / rate;
  const deviation = expected === null || expected === 0n ? null : Number(spent) / Number(expected) - 1;
  const ahead = expected === null ? null : spent - expected;
  const standing = { days, counted, daysLeft, expected, ahead, deviation, projected };
  return {
    ...standing,
    pace: paceOf(standing, { budget, spent, isComing: today < from, isOver: to !== null && today > to }),
  };
}

interface Judged {
  budget: bigint;
  spent: bigint;
  isComing: boolean;
  isOver: boolean;
}

function paceOf({ counted, deviation }: Pick<Standing, "counted" | "deviation">, judged: Judged): PaceState {
  const { budget, spent, isComing, isOver } = judged;
  if (isComing) return "coming";
  if (isOver) return "ended";
  if (counted === 0) return "early";
  if (spent >= budget) return "spent";
  if (deviation === null) return "no_budget";
  if (Math.abs(deviation) <= onPace) return "on_pace";
  return deviation < 0 ? "under" : "over";
}
