// `npm run soak -- tokens`: what is promised of tokens, on real processes, a real database and a sandbox that misbehaves.
import type { SoakOptions } from "./options";
import { consentYear } from "./tokens/consent-year";
import { crashes } from "./tokens/crashes";
import { disconnects } from "./tokens/disconnects";
import { herd } from "./tokens/herd";
import { outages, regionAway } from "./tokens/outages";
import type { Outcome } from "./tokens/outcome";
import { race } from "./tokens/race";
import { startTokenRig, type TokenRig } from "./tokens/rig";
import { rotation } from "./tokens/rotation";
import { secrecy } from "./tokens/secrecy";
import { skew } from "./tokens/skew";
import { errors, negatives } from "./tokens/tables";
import { week } from "./tokens/week";

const parts: Record<string, { claim: string; run(soak: TokenRig, options: SoakOptions): Promise<Outcome> }> = {
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

export async function soakTokens(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const soak = await startTokenRig();
  const failed: string[] = [];
  let ran = 0;
  try {
    for (const [name, { claim, run }] of Object.entries(parts)) {
      if (options.only && name !== options.only) continue;
      // The test suite has these by itself.
      if (options.short && !options.only && (run === negatives || run === errors)) continue;
      ran++;
      const begun = Date.now();
      const outcome = await run(soak, options).catch(
        (error): Outcome => ({ figures: String(error?.stack ?? error), failures: ["it ran to its end"] }),
      );
      await soak.reset();
      if (outcome.failures.length > 0) failed.push(name);
      const verdict = outcome.failures.length === 0 ? "ok" : `FAILED (${outcome.failures.join("; ")})`;
      process.stderr.write(
        `${name} ${verdict}: ${claim}: ${outcome.figures}, ${Math.round((Date.now() - begun) / 1000)} s\n`,
      );
    }
  } finally {
    await soak.close();
  }
  const hits = [...new Set(soak.secrets.hits)];
  for (const hit of hits) process.stderr.write(`SECRET ${hit}\n`);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(
    `soak tokens: ${ran} parts, ${failed.length} failed${failed.length > 0 ? ` (${failed.join(", ")})` : ""}, ${hits.length} secrets seen in ${Math.round(soak.secrets.seen() / 1e6)} MB of logs, tables and pages, ${seconds} s\n`,
  );
  return ran > 0 && failed.length === 0 && hits.length === 0;
}
