// Q5: five ways to credit share out the same purchases, each of them whole; last touch credits retargeting, without which nothing would be missing.
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import { ask, download, type FileRow, outcomeOf, type Question } from "./answers";
import type { AmcSoakPlace } from "./place";

const rules = ["first-touch", "last-touch", "linear", "by-position", "time-decay"];
const allPurchases = `SELECT COUNT(DISTINCT conversion_id) AS purchases, SUM(total_product_sales) AS sales
FROM conversions
WHERE user_id IS NOT NULL AND event_category = 'purchase'`;

export async function truths(place: AmcSoakPlace, _options: SoakOptions): Promise<Outcome> {
  const all = totalOf(await rowsOf(place, { sql: allPurchases }));
  const lost: string[] = [];
  let lastTouch: FileRow[] = [];
  for (const rule of rules) {
    const rows = await rowsOf(place, { templateId: `attribution-${rule}` });
    const shared = totalOf(rows);
    if (!isClose(shared.purchases, all.purchases) || !isClose(shared.sales, all.sales)) {
      lost.push(
        `${rule} shares out ${shared.purchases} of ${all.purchases} purchases, ${shared.sales} of ${all.sales}`,
      );
    }
    if (rule === "last-touch") lastTouch = rows;
  }
  for (const one of lost) process.stderr.write(`  ${one}\n`);
  const credited = totalOf(lastTouch.filter(({ campaign }) => campaign?.includes("Retargeting"))).purchases;
  const { retargeting, video } = await incrementalOrders(place);
  return check(
    `${rules.length} rules over ${all.purchases} purchases, ${lost.length} not whole; retargeting is credited ${credited} by last touch and brings ${retargeting}, streaming TV brings ${video}`,
    {
      "every rule shares out all purchases and sales": lost.length === 0 && all.purchases > 0,
      "last touch credits what brings nothing": credited > 0 && retargeting === 0,
      "what truly brings orders is known to": video > 0,
    },
  );
}

async function rowsOf(place: AmcSoakPlace, question: Question): Promise<FileRow[]> {
  const { id } = await ask(place, question);
  return download(place, await outcomeOf(place, id));
}

/** Of all rows, also the one of what thresholds hide. */
const totalOf = (rows: readonly FileRow[]) => ({
  purchases: rows.reduce((sum, { purchases }) => sum + Number(purchases), 0),
  sales: rows.reduce((sum, { sales }) => sum + Number(sales), 0),
});

const isClose = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-6 * Math.abs(other);

/** What would be missing without the channel, as only the sandbox can know. */
async function incrementalOrders({ sandbox, office }: AmcSoakPlace) {
  const advertiser = office.instance.advertisers.find(({ type }) => type === "DISPLAY");
  const effects = await sandbox.control.effects(advertiser?.id ?? "");
  const of = (channel: string) =>
    effects?.channels.find((one) => one.channel === channel)?.incrementalOrders ?? Number.NaN;
  return { retargeting: of("retargeting"), video: of("streamingTv") };
}
