// Every built-in template: one file and one line each.
import type { BuiltInTemplate } from "./define";
import { newToBrand } from "./new-to-brand";
import { overlap } from "./overlap";
import { pathToConversion } from "./path-to-conversion";
import { reachAndFrequency } from "./reach-and-frequency";
import { timeToConversion } from "./time-to-conversion";

export const builtInTemplates = [
  newToBrand,
  overlap,
  pathToConversion,
  reachAndFrequency,
  timeToConversion,
] as const satisfies readonly BuiltInTemplate[];
