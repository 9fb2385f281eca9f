import type { Advertiser } from "../world/types";
import type { Reader } from "./columns";
import type { Segment } from "./segments";

/** What a report file is made from, whichever dialect asked for it. */
export interface ReportPlan {
  advertisers: Advertiser[];
  startDate: string;
  endDate: string;
  daily: boolean;
  /** entities that make a row; none: the advertiser alone */
  grain: readonly ("campaign" | "adGroup" | "ad")[];
  campaignIds?: readonly string[] | undefined;
  segments?: readonly Segment[] | undefined;
  /** fields of a segment that make a row */
  segmentFields: readonly string[];
  columns: { name: string; read: Reader }[];
  format: "json.gz" | "json" | "csv";
  rowLimit?: number;
}
