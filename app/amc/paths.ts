// Paths as the flows of a Sankey: a node is a name at its step, so that nothing flows back.
import { type Answer, numberOf, placeOf } from "./answer";

export interface Flow {
  source: string;
  target: string;
  value: number;
}

const between = " > ";
/** What campaign names are put together with. */
const joint = /^.*?(?: \| | - | – | _ )/;
const longestName = 36;
const shortestName = 12;
/** Letters across the whole chart, at its usual width, where two names face each other between the middle steps. */
const lettersAcross = 100;
const mostAtStep = 8;
const others = "Others";

const stepOfNode = (node: string): number => Number.parseInt(node, 10);

/** Columns of the chart: the steps, and the end. */
export const columnsOf = (flows: readonly Flow[]): number =>
  1 + Math.max(...flows.map(({ source }) => stepOfNode(source)), 0);

/** The name of a node without its step. */
export const nameOfNode = (node: string): string => node.slice(node.indexOf(" ") + 1);

/** Flows from step to step, and from the last step to `end`. Rare names of a step are drawn as one. */
export function flowsOf(answer: Answer, { path, value, end }: { path: string; value: string; end: string }): Flow[] {
  const [pathAt, valueAt] = [placeOf(answer, path), placeOf(answer, value)];
  const paths = answer.rows
    .map((row) => ({ steps: String(row[pathAt] ?? "").split(between), weight: numberOf(row[valueAt]) ?? 0 }))
    .filter(({ steps, weight }) => steps[0] !== "" && weight > 0);
  const kept = keptNames(paths);
  const flows = new Map<string, Flow>();
  for (const { steps, weight } of paths) {
    const nodes = steps.map((name, step) => `${step + 1} ${kept[step]?.has(name) ? name : others}`);
    const places = [...nodes, `0 ${end}`];
    for (const [index, source] of nodes.entries()) {
      const target = places[index + 1] ?? source;
      const flow = flows.get(`${source}\n${target}`) ?? { source, target, value: 0 };
      flows.set(`${source}\n${target}`, { ...flow, value: flow.value + weight });
    }
  }
  return [...flows.values()];
}

/** By name how it is written beside its node: without what all names begin with, and no longer than fits between two of the steps. */
export function shortNames(names: readonly string[], steps = 1): Map<string, string> {
  const longest = Math.min(longestName, Math.max(shortestName, Math.floor(lettersAcross / steps)));
  const own = names.filter((name) => name !== others);
  let cut = 0;
  for (;;) {
    const [part] = own[0]?.slice(cut).match(joint) ?? [];
    const begun = own[0]?.slice(0, cut + (part?.length ?? 0)) ?? "";
    if (!part || own.length < 2 || !own.every((name) => name.startsWith(begun) && name.length > begun.length)) break;
    cut = begun.length;
  }
  return new Map(
    names.map((name) => {
      const rest = name === others ? name : name.slice(cut);
      return [name, rest.length > longest ? `${rest.slice(0, longest - 1)}…` : rest];
    }),
  );
}

/** By step the names that most go through. */
function keptNames(paths: readonly { steps: string[]; weight: number }[]): Set<string>[] {
  const sums: Map<string, number>[] = [];
  for (const { steps, weight } of paths) {
    for (const [step, name] of steps.entries()) {
      const sum = sums[step] ?? new Map<string, number>();
      sums[step] = sum.set(name, (sum.get(name) ?? 0) + weight);
    }
  }
  return sums.map((sum) => {
    const names = [...sum].sort(([, a], [, b]) => b - a).map(([name]) => name);
    return new Set(names.length > mostAtStep ? names.slice(0, mostAtStep - 1) : names);
  });
}
