import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression } from "./proof-rows";

export const videoCompletion = defineTemplate({
  id: "video-completion",
  title: "Video completion",
  question: "How much of our videos do people watch, and where do they leave?",
  tags: ["video", "creative"],
  parameters: [campaigns],
  sql: `
SELECT creative,
  COUNT(DISTINCT user_id) AS users,
  SUM(video_start) AS started,
  SUM(video_first_quartile) AS first_quartile,
  SUM(video_midpoint) AS midpoint,
  SUM(video_third_quartile) AS third_quartile,
  SUM(video_complete) AS completed,
  SUM(video_mute) AS muted,
  SUM(video_complete) / NULLIF(SUM(video_start), 0) AS completion_rate
FROM dsp_video_events_feed
WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
  OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
GROUP BY creative`,
  columns: [
    { name: "creative", label: "Creative", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "started", label: "Started", unit: "count", reported: "videoStarts" },
    { name: "first_quartile", label: "A quarter", unit: "count" },
    { name: "midpoint", label: "Half", unit: "count" },
    { name: "third_quartile", label: "Three quarters", unit: "count" },
    { name: "completed", label: "To the end", unit: "count", reported: "videoCompletes" },
    { name: "muted", label: "Muted", unit: "count" },
    { name: "completion_rate", label: "Completed of started", unit: "share" },
  ],
  chart: { kind: "bars", x: "creative", y: ["started", "first_quartile", "midpoint", "third_quartile", "completed"] },
  privacy: "A creative needs two users.",
  guide: `Streaming TV is watched to the end by nearly all, as it cannot be skipped: compare creatives of one inventory only.
Where most leave before the first quarter, bring the product into the first seconds.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_video_events_feed: [
        ...usersOf(2, 1, (user_id) => watched(user_id, "Spot", 4)),
        watched("u0003", "Spot", 2),
        watched("u0004", "Spot", 0),
        ...usersOf(2, 1, (user_id) => watched(user_id, "Short", 1)),
        watched("u0009", "Rare", 4),
      ],
    },
    expected: [
      ["Spot", 4, 4, 3, 3, 2, 2, 0, 0.5],
      ["Short", 2, 2, 2, 0, 0, 0, 0, 0],
    ],
  },
});

function watched(user_id: string, creative: string, quarters: number) {
  const reached = (quarter: number) => (quarters >= quarter ? 1 : 0);
  return impression({
    user_id,
    creative,
    video_start: 1,
    video_first_quartile: reached(1),
    video_midpoint: reached(2),
    video_third_quartile: reached(3),
    video_complete: reached(4),
    video_mute: 0,
  });
}
