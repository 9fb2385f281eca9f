// Q2: random queries whose answers are compared with counting the distinct users behind each row by hand.
import { countedFor, openOver, shownBy, when } from "../../../packages/amc-engine/testing/brute-force";
import { randomEvents, randomQuery, randomSource } from "../../../packages/amc-engine/testing/random-query";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { AmcSoakPlace } from "./place";

export async function thresholds(_place: AmcSoakPlace, { short }: SoakOptions): Promise<Outcome> {
  const count = short ? 40 : 200;
  const events = randomEvents(randomSource(35));
  const engine = await openOver(events);
  const random = randomSource(2035);
  const wrong: string[] = [];
  let [visible, hidden] = [0, 0];
  try {
    for (let index = 0; index < count; index++) {
      const query = randomQuery(random, events);
      const shown = await engine.run({ ...when, sql: query.sql, controls: { distinctUserCountColumn: "behind" } });
      if (JSON.stringify(shownBy(shown)) !== JSON.stringify(countedFor(query))) wrong.push(query.sql);
      visible += shown.rows.length;
      hidden += shown.hidden.rows;
    }
  } finally {
    engine.close();
  }
  for (const sql of wrong.slice(0, 5)) process.stderr.write(`  ${sql}\n`);
  return check(`${count} queries, ${visible} rows shown, ${hidden} hidden, ${wrong.length} answers wrong`, {
    "just those rows are shown that enough distinct users stand behind": wrong.length === 0,
    "both sides of the thresholds were tried": visible > 2 * count && hidden > 2 * count,
  });
}
