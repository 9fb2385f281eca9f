import { expect, test } from "vitest";
import { amcTables, findTable } from "./schema";

test("tables are cut by a time and counted by a user that they have", () => {
  for (const { name, columns, timeColumn, userColumn } of amcTables) {
    const names = columns.map((column) => column.name);
    expect(new Set(names).size, name).toBe(names.length);
    if (timeColumn) expect(names, name).toContain(timeColumn);
    if (userColumn) expect(names, name).toContain(userColumn);
  }
});

test("attributed events are cut by when they converted or by when they were seen", () => {
  expect(findTable("amazon_attributed_events_by_conversion_time")?.timeColumn).toBe("conversion_event_dt_utc");
  expect(findTable("AMAZON_ATTRIBUTED_EVENTS_BY_TRAFFIC_TIME")?.timeColumn).toBe("traffic_event_dt_utc");
  expect(findTable("segment_metadata")).toMatchObject({ timeColumn: null, userColumn: null, paid: true });
});

test("tables by segment are impressions with a segment", () => {
  const names = findTable("dsp_impressions_by_matched_segments")?.columns.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["user_id", "impressions", "behavior_segment_name"]));
});

test("only user ids and the like are never put out, and every class is one of Amazon's", () => {
  const classes = new Set(amcTables.flatMap(({ columns }) => columns.map(({ threshold }) => threshold)));
  expect([...classes].sort()).toEqual(["HIGH", "INTERNAL", "LOW", "MEDIUM", "NONE", "VERY_HIGH"]);
  for (const { columns } of amcTables) {
    const user = columns.find(({ name }) => name === "user_id");
    if (user) expect(user.threshold).toBe("VERY_HIGH");
  }
});
