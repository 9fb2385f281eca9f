import type { Workflow } from "./workflow-shape";

// The workflows every instance begins with. Amazon keeps theirs as encoded operations whose meaning is not recorded: what
// runs here is SQL that gives the recorded columns.

const column = (name: string, dataType: string, columnType: "DIMENSION" | "METRIC") => ({ name, dataType, columnType });
const advertiser = column("advertiser", "STRING", "DIMENSION");
const campaign = column("campaign", "STRING", "DIMENSION");
const impressions = column("impressions", "LONG", "METRIC");
const reach = column("unique_reach", "LONG", "METRIC");
const dimension = (name: string) => column(name, name === "impression_hour" ? "INTEGER" : "STRING", "DIMENSION");

interface Standard {
  outputColumns: ReturnType<typeof column>[];
  sql: string;
}

const REACH = "COUNT(DISTINCT user_id) AS unique_reach";
const SUM = "SUM(impressions) AS impressions";
const USERS = `WITH users AS (SELECT advertiser, campaign, user_id, SUM(impressions) AS frequency FROM dsp_impressions
  WHERE user_id IS NOT NULL GROUP BY advertiser, campaign, user_id)`;

const impressionsBy = (...names: string[]): Standard => ({
  outputColumns: [advertiser, campaign, ...names.map(dimension), impressions],
  sql: `SELECT advertiser, campaign, ${names.join(", ")}, ${SUM} FROM dsp_impressions GROUP BY advertiser, campaign, ${names.join(", ")}`,
});

const frequencyBy = (name: string, sql: string): Standard => ({
  outputColumns: [advertiser, campaign, column(name, "STRING", "DIMENSION"), reach, impressions],
  sql: `${USERS} SELECT advertiser, campaign, ${sql} AS ${name}, ${REACH}, SUM(frequency) AS impressions
    FROM users GROUP BY advertiser, campaign, ${sql}`,
});

const reachBy = (names: string[], withFrequency: boolean): Standard => ({
  outputColumns: [
    ...names.map(dimension),
    reach,
    ...(withFrequency ? [column("avg_frequency", "DOUBLE", "METRIC")] : []),
  ],
  sql: `SELECT ${names.join(", ")}, ${REACH}${withFrequency ? ", SUM(impressions) / COUNT(DISTINCT user_id) AS avg_frequency" : ""}
    FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY ${names.join(", ")}`,
});

const STANDARD: Record<string, Standard> = {
  frequency: frequencyBy("frequency", "CAST(frequency AS VARCHAR)"),
  "frequency-buckets": frequencyBy(
    "frequency_bucket",
    "CASE WHEN frequency < 5 THEN '1-4' WHEN frequency < 10 THEN '5-9' ELSE '10+' END",
  ),
  "impressions-by-browser-family": impressionsBy("browser_family"),
  "impressions-by-device-type": impressionsBy("device_type"),
  "impressions-by-dma": impressionsBy("dma_code"),
  "impressions-by-operating-system": impressionsBy("operating_system"),
  "impressions-by-site-and-supply-source": impressionsBy("site", "supply_source"),
  "intraday-delivery": impressionsBy("impression_hour"),
  reach: reachBy(["advertiser", "campaign"], false),
  "reach-frequency": reachBy(["advertiser", "campaign"], true),
  "reach-frequency-by-line-item": reachBy(["campaign", "line_item"], true),
};

export const standardWorkflows: readonly Workflow[] = Object.entries(STANDARD).map(([name, { outputColumns }]) => ({
  workflowId: `standard_${name}`,
  query: Buffer.from(JSON.stringify([{ op: name }])).toString("base64"),
  inputParameters: [],
  outputColumns,
}));

/** The SQL that a workflow runs. */
export const sqlOf = (workflow: {
  workflowId?: string | undefined;
  sqlQuery?: string | undefined;
}): string | undefined => workflow.sqlQuery ?? STANDARD[workflow.workflowId?.replace("standard_", "") ?? ""]?.sql;
