import type { SoakOptions } from "./options";
import type { Outcome } from "./outcome";

/** One claim of a soak, and what shows it. */
export interface Part<Place> {
  claim: string;
  run(place: Place, options: SoakOptions): Promise<Outcome>;
}

/** Says in a line what came of it. @returns whether all it claims held */
export async function runPart<Place>(
  [name, { claim, run }]: [string, Part<Place>],
  place: Place,
  options: SoakOptions,
): Promise<boolean> {
  const begun = Date.now();
  const { figures, failures } = await run(place, options).catch(
    (error): Outcome => ({ figures: String(error?.stack ?? error), failures: ["it ran to its end"] }),
  );
  const verdict = failures.length === 0 ? "ok" : `FAILED (${failures.join("; ")})`;
  process.stderr.write(`${name} ${verdict}: ${claim}: ${figures}, ${Math.round((Date.now() - begun) / 1000)} s\n`);
  return failures.length === 0;
}

/** All, or the one that is asked for. @throws where there is none of that name */
export function wantedParts<Place>(parts: Record<string, Part<Place>>, { only }: SoakOptions): [string, Part<Place>][] {
  const wanted = Object.entries(parts).filter(([name]) => !only || name === only);
  if (wanted.length === 0) throw new Error(`There is no part ${only}: ${Object.keys(parts).join(", ")}.`);
  return wanted;
}

/** One part after another: all, or the one that is asked for. */
export async function runParts<Place>(parts: Record<string, Part<Place>>, place: Place, options: SoakOptions) {
  const wanted = wantedParts(parts, options);
  const failed: string[] = [];
  for (const part of wanted) if (!(await runPart(part, place, options))) failed.push(part[0]);
  return { ran: wanted.length, failed };
}

export const failedWords = (failed: readonly string[]): string =>
  `${failed.length} failed${failed.length > 0 ? ` (${failed.join(", ")})` : ""}`;
