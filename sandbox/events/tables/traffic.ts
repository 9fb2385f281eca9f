import {
  type Columns,
  type EventTable,
  LEAF,
  microcents,
  moment,
  PLACE,
  placeJoins,
  times,
  USER,
  whole,
} from "./columns";

// dsp_impressions, its two repetitions by segment, dsp_clicks, dsp_views and dsp_video_events_feed.

const TAG = "md5(concat_ws('|', f.at, f.person, f.leaf))";
const SEGMENTS = "list_transform(coalesce(m.segments, []), segment -> CAST(segment AS INTEGER))";

const IMPRESSION: Columns = {
  ...LEAF,
  ...PLACE,
  ...USER,
  ...times("impression", "f.local", "f.at"),
  request_tag: TAG,
  device_id: "md5(user_of(f.person))",
  impressions: whole("f.impressions"),
  impression_cost: whole("f.supplyCost"),
  total_cost: "f.supplyCost + f.audienceFee + f.platformFee + f.managedFee + f.thirdPartyFee",
  supply_cost: microcents("f.supplyCost"),
  audience_fee: microcents("f.audienceFee"),
  platform_fee: microcents("f.platformFee"),
  managed_service_fee: microcents("f.managedFee"),
  third_party_fees: microcents("f.thirdPartyFee"),
  ocm_fee: "0",
};

const members =
  "LEFT JOIN (SELECT person, list(segment_id ORDER BY segment_id) AS segments FROM member JOIN segment USING (segment) GROUP BY person) m USING (person)";

const impressions: EventTable = {
  columns: {
    ...IMPRESSION,
    user_behavior_segment_ids: SEGMENTS,
    matched_behavior_segment_ids: `list_filter(${SEGMENTS}, id -> id IN (a.segment_id, b.segment_id))`,
  },
  from: `shown f ${placeJoins("JOIN")} ${members}
    JOIN segment a ON a.segment = l.first_segment JOIN segment b ON b.segment = l.second_segment`,
};

const bySegment = (matchedOnly: boolean): EventTable => ({
  columns: {
    ...IMPRESSION,
    behavior_segment_id: "CAST(x.segment_id AS INTEGER)",
    behavior_segment_name: "x.segment_name",
    behavior_segment_description: "x.segment_description",
    behavior_segment_matched: "CAST(x.segment IN (l.first_segment, l.second_segment) AS INTEGER)",
  },
  from: `shown f ${placeJoins("JOIN")} JOIN member USING (person) JOIN segment x USING (segment)
    ${matchedOnly ? "WHERE x.segment IN (l.first_segment, l.second_segment)" : ""}`,
});

const clicks: EventTable = {
  columns: {
    ...LEAF,
    ...PLACE,
    ...USER,
    ...times("click", "f.local", "f.at"),
    ...times("impression", "f.shownLocal", "f.shownAt"),
    request_tag: "md5(concat_ws('|', f.shownAt, f.person, f.leaf))",
    clicks: whole("f.clicks"),
    click_cost: "0",
  },
  from: `clicked f ${placeJoins("JOIN")}`,
};

const views: EventTable = {
  columns: {
    ...LEAF,
    ...PLACE,
    ...USER,
    ...times("event", "f.local", "f.at"),
    impression_id: TAG,
    events: whole("f.impressions"),
    measurable_impressions: whole("f.measurable"),
    viewable_impressions: whole("f.viewable"),
    unmeasurable_viewable_impressions: whole("f.impressions - f.measurable"),
  },
  from: `shown f ${placeJoins("JOIN")}`,
};

const video: EventTable = {
  columns: {
    ...IMPRESSION,
    impression_dt_utc: moment("f.at"),
    video_impression: whole("f.start"),
    video_start: whole("f.start"),
    video_creative_view: whole("f.start"),
    video_first_quartile: whole("f.firstQuartile"),
    video_midpoint: whole("f.midpoint"),
    video_third_quartile: whole("f.thirdQuartile"),
    video_complete: whole("f.complete"),
    video_mute: whole("f.mute"),
    video_pause: whole("f.pause"),
  },
  from: `shown f ${placeJoins("JOIN")} WHERE f.start > 0`,
};

export const trafficTables: Record<string, EventTable> = {
  dsp_impressions: impressions,
  dsp_impressions_by_matched_segments: bySegment(true),
  dsp_impressions_by_user_segments: bySegment(false),
  dsp_clicks: clicks,
  dsp_views: views,
  dsp_video_events_feed: video,
};
