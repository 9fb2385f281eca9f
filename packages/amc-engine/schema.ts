// Amazon's documented tables: amc-schema.json is a copy of what its documentation lists, read into one shape here.
import documented from "./amc-schema.json";
import type { AmcTable, ColumnType, DataType, TableColumn, ThresholdClass } from "./contract";

interface DocumentedColumn {
  type: string;
  threshold: string;
  kind: string;
}

/** Rows of these are impressions repeated once a segment, or once a video event; the documentation lists only what they add. */
const widerImpressions: Record<string, string> = {
  dsp_impressions_by_matched_segments: "dsp_impressions",
  dsp_impressions_by_user_segments: "dsp_impressions",
  dsp_impressions_by_matched_segments_for_audiences: "dsp_impressions_for_audiences",
  dsp_impressions_by_user_segments_for_audiences: "dsp_impressions_for_audiences",
};

const videoEvents =
  "click complete creative_view first_quartile impression midpoint mute pause replay resume skip_backward skip_forward start third_quartile unmute";

const paidTables =
  /^(conversions_all|audience_segments_|segment_metadata|amazon_brand_store_|amazon_pvc_|amazon_your_garage)/;

/** The first of these a table has is when its rows happened. */
const eventTimes = ["event_dt_utc", "click_dt_utc", "impression_dt_utc", "pv_playback_dt_utc"];

const byDocument = new Map(
  Object.entries(documented as Record<string, Record<string, DocumentedColumn>>).map(([name, columns]) => [
    name,
    Object.entries(columns).map(([column, read]) => columnOf(column, read)),
  ]),
);

/** Every documented table with its columns, types and threshold classes. */
export const amcTables: readonly AmcTable[] = [
  ...[...byDocument].map(([name, columns]) => tableOf(name, [...inherited(name), ...columns])),
  ...["dsp_video_events_feed", "dsp_video_events_feed_for_audiences"].map((name) =>
    tableOf(name, [...(byDocument.get("dsp_impressions") ?? []), ...videoEvents.split(" ").map(videoColumn)]),
  ),
];

const tablesByName = new Map(amcTables.map((table) => [table.name, table]));

export function findTable(name: string, uploaded: readonly AmcTable[] = []): AmcTable | undefined {
  const wanted = name.toLowerCase();
  return tablesByName.get(wanted) ?? uploaded.find((table) => table.name.toLowerCase() === wanted);
}

function inherited(name: string): TableColumn[] {
  const wider = widerImpressions[name];
  return wider ? (byDocument.get(wider) ?? []) : [];
}

function tableOf(name: string, columns: TableColumn[]): AmcTable {
  const has = (column: string) => columns.some((one) => one.name === column);
  return {
    name,
    columns,
    userColumn: has("user_id") ? "user_id" : null,
    timeColumn: timeOf(name, has),
    paid: paidTables.test(name),
    forAudiences: name.includes("_for_audiences"),
  };
}

function timeOf(name: string, has: (column: string) => boolean): string | null {
  if (name.includes("_by_conversion_time")) return "conversion_event_dt_utc";
  if (name.includes("_by_traffic_time")) return "traffic_event_dt_utc";
  return eventTimes.find(has) ?? null;
}

function columnOf(name: string, read: DocumentedColumn): TableColumn {
  const columnType: ColumnType = read.kind === "metric" ? "METRIC" : "DIMENSION";
  // Two columns have no class in the documentation: as the like of them elsewhere, they are LOW.
  const threshold = (read.threshold === "UNKNOWN" ? "LOW" : read.threshold) as ThresholdClass;
  const held = /^array(?:\[(\w+)\])?$/i.exec(read.type);
  if (held) return { name, dataType: "ARRAY", elementType: (held[1] ?? "STRING") as DataType, columnType, threshold };
  const dataType = /^decimal/i.test(read.type) ? "DECIMAL" : (read.type as DataType);
  return { name, dataType, columnType, threshold };
}

function videoColumn(event: string): TableColumn {
  return { name: `video_${event}`, dataType: "LONG", columnType: "METRIC", threshold: "NONE" };
}
