// Q1: every built-in template is asked with the values it comes with, and its proof's where it comes with none.
import { changePolicy } from "../../../server/amc/change-policy";
import { policyId } from "../../../server/amc/contract";
import { readValues } from "../../../server/amc/read-values";
import type { ParameterValue } from "../../../server/amc/template-contract";
import { builtInTemplates } from "../../../server/amc/templates";
import type { BuiltInTemplate } from "../../../server/amc/templates/define";
import { seeded } from "../../../tests/support/restated-days";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import { ask, differenceFromFile, outcomeOf } from "./answers";
import type { AmcSoakPlace } from "./place";

export async function templates(place: AmcSoakPlace, { short }: SoakOptions): Promise<Outcome> {
  // What is warned of is the SQL, and not how often its tables are asked.
  await changePolicy(place.office.ctx, { id: policyId, mostOverlapping: 1_000 });
  const wrong: string[] = [];
  let rows = 0;
  const asked = short ? sample(8) : builtInTemplates;
  for (const template of asked) {
    const { id, warnings } = await ask(place, { templateId: template.id, values: valuesOf(template) });
    const run = await outcomeOf(place, id);
    const difference = await differenceFromFile(place, run);
    if (difference || warnings.length > 0) wrong.push(`${template.id}: ${[...warnings, difference].join(" ")}`);
    rows += run.rows ?? 0;
  }
  for (const one of wrong) process.stderr.write(`  ${one}\n`);
  return check(`${asked.length} of ${builtInTemplates.length} templates, ${rows} rows equal, ${wrong.length} wrong`, {
    "each is free of problems and keeps just the rows of Amazon's file": wrong.length === 0,
    "there were rows": rows > asked.length,
  });
}

function sample(count: number): BuiltInTemplate[] {
  const random = seeded(6);
  const left = [...builtInTemplates];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

function valuesOf({ definition, proof }: BuiltInTemplate): Record<string, ParameterValue> {
  const missing = Object.keys(readValues(definition.parameters, {}).problems);
  return Object.fromEntries(missing.map((name) => [name, proof.values?.[name] as ParameterValue]));
}
