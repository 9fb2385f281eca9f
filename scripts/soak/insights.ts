// `npm run soak -- insights`: numbers are Amazon's, as they are and as they were; what they are said to become holds; no sync is missed or made twice.
import { bands } from "./insights/bands";
import { replay } from "./insights/replay";
import { schedules } from "./insights/schedules";
import type { SoakOptions } from "./options";
import { failedWords, type Part, runParts } from "./parts";
import { openPlace, type SoakPlace } from "./place";

const parts: Record<string, Part<SoakPlace>> = {
  N1: { claim: "any order of syncs, restatements, repeats and kills, now and as of then", run: replay },
  N2: { claim: "how often the stated bands hold", run: bands },
  N3: { claim: "slots over both nights of the clocks' change and ends of months", run: schedules },
};

export async function soakInsights(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const place = await openPlace();
  const { ran, failed } = await runParts(parts, place, options).finally(() => place.close());
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`soak insights: ${ran} parts, ${failedWords(failed)}, ${seconds} s\n`);
  return ran > 0 && failed.length === 0;
}
