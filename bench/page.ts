// Campaigns and brand dashboard of the default world: server time, time to content in a browser with an empty cache, first-load JavaScript.
import { gzipSync } from "node:zlib";
import type { Person } from "../scripts/person";
import { startRig } from "../scripts/rig";
import { until } from "../tests/support/until";
import { percentile, print } from "./figure";
import { contentOf, type Place } from "./page-content";

interface Account {
  id: string;
  name: string;
}

const requests = 60;
/** Before them, of each page: a server that has been up for a minute. */
const warmUps = 40;
/** A word that only the charts' code has. */
const chartMark = "g2-label";

export async function bench(): Promise<void> {
  const rig = await startRig({ reportDelaySeconds: 0 });
  try {
    // Past the rig's own wire, which runs in this process.
    await rig.startServer({ DATABASE_URL: rig.databaseUrl });
    const owner = await rig.createOwner();
    const person = await rig.signIn(owner);
    const brandId = await fill(person);
    const pages = { campaigns: "/campaigns", dashboard: `/brands/${brandId}` };
    for (const path of ["/profile", ...Object.values(pages)]) await serverTimes(person, path, warmUps);
    const baseline = await serverTimes(person, "/profile");
    for (const [name, path] of Object.entries(pages)) {
      const times = await serverTimes(person, path);
      const against = `${percentile(baseline, 0.95).toFixed(0)} ms for a page without numbers (profile), same run`;
      print({ figure: `page.${name}.server_p95`, value: percentile(times, 0.95), unit: "ms", baseline: against });
      print({
        figure: `page.${name}.server_ratio`,
        value: percentile(times, 0.5) / percentile(baseline, 0.5),
        unit: "ratio",
        baseline: "median of a page without numbers (profile), same run",
      });
    }
    for (const [name, path] of Object.entries({ ...pages, accounts: "/accounts" }))
      await browserFigures({ rig, owner }, name, path);
  } finally {
    await rig.close();
  }
}

/** Connects, gives every advertiser to one brand, waits for the backfill. @returns the brand's id */
async function fill(person: Person): Promise<string> {
  await person.connectAmazon("NA");
  let accounts: Account[] = [];
  await until(async () => {
    accounts = await person.api<Account[]>("GET", "accounts?kind=dsp_advertiser");
    return accounts.length >= 3;
  });
  const brand = await person.api<{ id: string }>("POST", "brands", { name: "Bench brand" });
  await person.api("POST", "accounts/assign", { accountIds: accounts.map(({ id }) => id), brandId: brand.id });
  await until(async () => {
    const states = await person.api<{ state: string }[]>("GET", "sync-status");
    return states.length >= 3 && states.every(({ state }) => state === "current");
  }, 120_000);
  // The other reports come after the campaign's: what is measured is the page, not the page beside a backfill.
  let [done, since] = [-1, 0];
  await until(async () => {
    const answer = await person.get("/api/v1/sync-runs?state=done&_start=0&_end=1");
    const finished = Number(answer.headers.get("x-total-count"));
    if (finished !== done) [done, since] = [finished, performance.now()];
    return performance.now() - since > 8000;
  }, 300_000);
  return brand.id;
}

/** Milliseconds from request to last byte, on loopback, one after the other. */
async function serverTimes(person: Person, path: string, count = requests): Promise<number[]> {
  const times: number[] = [];
  for (let request = 0; request < count; request++) {
    const startedAt = performance.now();
    const answer = await person.get(path);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function browserFigures(place: Place, name: string, path: string): Promise<void> {
  const { contents, scripts } = await contentOf(place, path);
  const kilobytes = (texts: string[]) => texts.reduce((sum, text) => sum + gzipSync(text).length, 0) / 1024;
  const charts = scripts.filter((text) => text.includes(chartMark));
  print({
    figure: `page.${name}.content`,
    value: percentile(contents, 0.5),
    unit: "ms",
    baseline: "goal 1000 ms; empty cache, loopback, median of 5",
  });
  print({
    figure: `page.${name}.script`,
    value: kilobytes(scripts),
    unit: "KB gz",
    baseline: `of which charts ${kilobytes(charts).toFixed(0)} KB`,
  });
  print({
    figure: `page.${name}.charts_share`,
    value: kilobytes(charts) / kilobytes(scripts),
    unit: "ratio",
    baseline: "all script of the page; 0 where it draws no chart",
  });
}
