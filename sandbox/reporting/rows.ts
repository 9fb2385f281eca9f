import type { Edits } from "../dsp/edits";
import { addDays } from "../world/calendar";
import { leafDay, type Seen, seenAt } from "../world/leaf-day";
import { addValues, emptyValues, type Values } from "../world/measures";
import type { Advertiser, Leaf, World } from "../world/types";
import type { Row } from "./columns";
import type { ReportPlan } from "./plan";
import { type Segment, splitValues } from "./segments";

export interface View {
  world: World;
  edits: Edits;
  /** ms; what could be seen at that moment */
  asOf: number;
}

interface Cell {
  leaf: Leaf;
  segment: Segment | undefined;
  values: Values;
}

/** The rows of a report, one advertiser and (when daily) one day at a time, so that memory holds one day's rows at most. */
export function* reportRows(plan: ReportPlan, view: View): Generator<Row> {
  for (const advertiser of plan.advertisers) {
    const leaves = leavesOf(plan, view.world, advertiser);
    const days = daysOf(plan, advertiser, view.asOf);
    const spans = plan.daily ? days.map((seen) => [seen]) : [days];
    for (const span of spans) {
      const cells = gather(plan, leaves, span);
      const start = plan.daily ? (span[0]?.day ?? plan.startDate) : plan.startDate;
      const end = plan.daily ? start : plan.endDate;
      for (const { leaf, segment, values } of cells) {
        yield { start, end, advertiser, leaf, segment, values, edits: view.edits };
      }
    }
  }
}

function leavesOf(plan: ReportPlan, world: World, advertiser: Advertiser): Leaf[] {
  const leaves = world.leaves.get(advertiser.advertiserId) ?? [];
  const only = plan.campaignIds;
  return only ? leaves.filter((leaf) => only.includes(leaf.adGroup.campaign.campaignId)) : leaves;
}

export function daysOf(range: { startDate: string; endDate: string }, advertiser: Advertiser, asOf: number): Seen[] {
  const days: Seen[] = [];
  for (let day = range.startDate; day <= range.endDate; day = addDays(day, 1)) {
    const seen = seenAt(day, advertiser.timezone, asOf);
    if (seen.traffic === 0) break;
    days.push(seen);
  }
  return days;
}

function gather(plan: ReportPlan, leaves: readonly Leaf[], days: readonly Seen[]): Iterable<Cell> {
  const cells = new Map<string, Cell>();
  const values = emptyValues();
  const add = (leaf: Leaf, segment: Segment | undefined, part: Values) => {
    const key = keyOf(plan, leaf, segment);
    const cell = cells.get(key);
    if (cell) addValues(cell.values, part);
    else cells.set(key, { leaf, segment, values: part.slice() });
  };
  for (const leaf of leaves) {
    for (const seen of days) {
      if (!leafDay(leaf, seen, values)) continue;
      if (plan.segments) splitValues(leaf, values, plan.segments, (segment, part) => add(leaf, segment, part));
      else add(leaf, undefined, values);
    }
  }
  return cells.values();
}

function keyOf(plan: ReportPlan, leaf: Leaf, segment: Segment | undefined): string {
  let key = "";
  for (const part of plan.grain) {
    if (part === "campaign") key += `${leaf.adGroup.campaign.campaignId}|`;
    else if (part === "adGroup") key += `${leaf.adGroup.adGroupId}|`;
    else key += `${leaf.ad.adId}|`;
  }
  if (segment) for (const field of plan.segmentFields) key += `${segment.fields[field] ?? ""}|`;
  return key;
}
