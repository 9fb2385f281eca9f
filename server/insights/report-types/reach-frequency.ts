// People reached, and how often. A person of two days is one person: neither adds up, so each month is asked for whole.
import { breakdownReport } from "./breakdown";

export const reachFrequencyReport = breakdownReport({
  id: "reachFrequency",
  label: "Reach and frequency",
  period: "month",
  settle: "traffic",
  entities: [],
  columns: [],
  segment: [],
  also: [
    { v3: "reach", kind: "count" },
    { v3: "frequencyAverage", kind: "decimal" },
  ],
  dayColumn: "intervalStart",
  v3: { type: "dspReachFrequency", groupBy: ["advertiser"] },
  legacy: null,
});
