import { type Columns, type EventTable, moment, USER, whole } from "./columns";

// Tables that an instance has only if it pays: segments of the Americas, and visits of the brand's store.

const SEGMENT: Columns = {
  segment_id: "CAST(x.segment_id AS INTEGER)",
  segment_name: "x.segment_name",
  segment_marketplace_id: "1",
};

function audienceSegments(kind: "inmarket" | "lifestyle"): EventTable {
  return {
    columns: { ...SEGMENT, ...USER, snapshot_datetime: "CAST(as_of() AS DATE)" },
    from: `(SELECT DISTINCT person, segment FROM member) f JOIN segment x USING (segment) WHERE x.kind = '${kind}'`,
  };
}

/** A detail page view of an identified person in four began in the brand's store; the page's own titles are made up. */
const VISITS = `(SELECT c.* FROM converted c WHERE c.kind = 1 AND c.person >= 0 AND hash(c.at) % 4 = 0) f
  JOIN (SELECT DISTINCT folder, advertiser, advertiser_id FROM leaf) w USING (folder)`;

const pageView: Columns = {
  ...USER,
  advertiser_id: whole("w.advertiser_id"),
  event_date_utc: `CAST(${moment("f.at")} AS DATE)`,
  event_dt_utc: moment("f.at - 60000"),
  page_id: "concat('page-', hash(f.at) % 3)",
  page_title: "CASE hash(f.at) % 3 WHEN 0 THEN 'Home' WHEN 1 THEN 'Best sellers' ELSE 'Gifts' END",
  store_name: "w.advertiser",
  session_id: "md5(concat('session', f.person, '|', f.at))",
  visit_id: "md5(concat('visit', f.person, '|', f.at))",
  dwell_time: "5 + hash(f.at) % 90",
};

export const paidTables: Record<string, EventTable> = {
  audience_segments_amer_inmarket: audienceSegments("inmarket"),
  audience_segments_amer_inmarket_snapshot: audienceSegments("inmarket"),
  audience_segments_amer_lifestyle: audienceSegments("lifestyle"),
  audience_segments_amer_lifestyle_snapshot: audienceSegments("lifestyle"),
  segment_metadata: {
    columns: {
      ...SEGMENT,
      segment_description: "x.segment_description",
      category_level_1: "x.kind",
      category_path: "concat(x.kind, '/', x.segment_name)",
      no_3p_trackers: "FALSE",
    },
    from: "segment x",
  },
  amazon_brand_store_page_views: { columns: pageView, from: VISITS },
};
