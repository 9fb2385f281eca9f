// `npm run soak -- amc`: every question is answered with Amazon's rows, thresholds hide what they should and no more, and no run and no slot is
// lost or made twice.
import { anAmcOffice } from "../../tests/support/amc-office";
import { kills } from "./amc/kills";
import { type AmcSoakPlace, moment } from "./amc/place";
import { slots } from "./amc/slots";
import { templates } from "./amc/templates";
import { thresholds } from "./amc/thresholds";
import { truths } from "./amc/truths";
import type { SoakOptions } from "./options";
import { failedWords, type Part, runParts } from "./parts";
import { openPlace } from "./place";

const parts: Record<string, Part<AmcSoakPlace>> = {
  Q1: { claim: "templates, lint-clean, and their rows against Amazon's file", run: templates },
  Q2: { claim: "random queries against counting the users behind each row", run: thresholds },
  Q3: { claim: "a run that is killed at each step, or whose start was accepted without an answer", run: kills },
  Q4: { claim: "slots of schedules over four processes that are killed", run: slots },
  Q5: { claim: "what attribution and frequency say, against what advertising truly does", run: truths },
};

export async function soakAmc(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const place = await openPlace({
    anchor: moment.anchor,
    amcPeople: options.short ? 3_000 : 20_000,
    amcRunSeconds: 0,
  });
  try {
    const office = await anAmcOffice({ ...place, now: moment.now });
    const { ran, failed } = await runParts(parts, { ...place, office }, options);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stdout.write(`soak amc: ${ran} parts, ${failedWords(failed)}, ${seconds} s\n`);
    return ran > 0 && failed.length === 0;
  } finally {
    await place.close();
  }
}
