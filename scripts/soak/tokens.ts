// `npm run soak -- tokens`: what is promised of tokens, on real processes, a real database and a sandbox that misbehaves.
import { inLanes } from "./lanes";
import type { SoakOptions } from "./options";
import { failedWords, type Part, runPart, wantedParts } from "./parts";
import { consentYear } from "./tokens/consent-year";
import { crashes } from "./tokens/crashes";
import { disconnects } from "./tokens/disconnects";
import { herd } from "./tokens/herd";
import { outages, regionAway } from "./tokens/outages";
import { race } from "./tokens/race";
import { startTokenRig, type TokenRig } from "./tokens/rig";
import { rotation } from "./tokens/rotation";
import { secrecy } from "./tokens/secrecy";
import { skew } from "./tokens/skew";
import { errors, negatives } from "./tokens/tables";
import { week } from "./tokens/week";

const parts: Record<string, Part<TokenRig>> = {
  T1: { claim: "days of a fleet under faults and kills", run: week },
  T2: { claim: "three outages of six hours", run: outages },
  T3: { claim: "fifty callers at once", run: race },
  T4: { claim: "killed at each step", run: crashes },
  T6: { claim: "clocks that are wrong", run: skew },
  T7: { claim: "all tokens end at once", run: herd },
  T8: { claim: "one region away", run: regionAway },
  T9: { claim: "disconnected during a refresh", run: disconnects },
  T10: { claim: "secrets stay secret", run: secrecy },
  T11: { claim: "a consent of a year", run: consentYear },
  T12: { claim: "every negative of the consent", run: negatives },
  T13: { claim: "every error of the token host", run: errors },
  T14: { claim: "keys rotated under load", run: rotation },
};

/** Longest first, so that no lane is left alone with one. */
const order = ["T1", "T4", "T2", "T6", "T3", "T14"];
const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);

export async function soakTokens(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const failed: string[] = [];
  const hits = new Set<string>();
  let seen = 0;
  const wanted = wantedParts(parts, options)
    // The test suite has these by itself.
    .filter(([name]) => !options.short || options.only || (name !== "T12" && name !== "T13"))
    .sort(([a], [b]) => rank(a) - rank(b));
  const close = async (soak: TokenRig) => {
    await soak.close();
    for (const hit of soak.secrets.hits) hits.add(hit);
    seen += soak.secrets.seen();
  };
  await inLanes(wanted, { lanes: 2, open: startTokenRig, close }, async (soak, part) => {
    if (!(await runPart(part, soak, options))) failed.push(part[0]);
    await soak.reset();
  });
  for (const hit of hits) process.stderr.write(`SECRET ${hit}\n`);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(
    `soak tokens: ${wanted.length} parts, ${failedWords(failed)}, ${hits.size} secrets seen in ${Math.round(seen / 1e6)} MB of logs, tables and pages, ${seconds} s\n`,
  );
  return failed.length === 0 && hits.size === 0;
}
