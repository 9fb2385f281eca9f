// A question to AMC as the visual builder holds it. Its SQL is written from it; SQL becomes it only where writing it back gives the same query.
import { z } from "zod";

/** What a result column, a metric of a join or a join itself is called. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, "Use small letters, digits and underscores, a letter first.");

/** A column of the source (`campaign`), or one of a join (`bought.purchases`). */
const FieldRef = z.string().regex(/^[a-z0-9_]{1,120}(\.[a-z0-9_]{1,120})?$/, "Name a column, or join.column.");

export const functions = ["rows", "distinct", "sum", "avg", "min", "max", "count"] as const;
export type MetricFunction = (typeof functions)[number];

export const Aggregate = z.strictObject({
  function: z.enum(functions),
  /** Null for `rows`, which counts events. */
  field: FieldRef.nullable(),
});
export type Aggregate = z.infer<typeof Aggregate>;

/** What a metric is divided by; `each` 1000 makes it a number per thousand. */
export const Per = Aggregate.extend({ each: z.union([z.literal(1), z.literal(1000)]) });

/** A number a row; with `per`, the one divided by the other. */
export const Metric = z.strictObject({ name: Name, value: Aggregate, per: Per.nullable() });
export type Metric = z.infer<typeof Metric>;

export const timeParts = ["hour", "day", "week", "month"] as const;
export type TimePart = (typeof timeParts)[number];

/** What rows are split by: the values of a column, stretches of time, or ranges of a number. */
export const Group = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("column"), name: Name, field: FieldRef }),
  z.strictObject({ kind: z.literal("time"), name: Name, field: FieldRef, part: z.enum(timeParts) }),
  /** A range is called by where it begins. */
  z.strictObject({ kind: z.literal("range"), name: Name, field: FieldRef, width: z.string().max(20) }),
]);
export type Group = z.infer<typeof Group>;

export const operators = [
  "=",
  "<>",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "not in",
  "contains",
  "not contains",
  "like",
  "not like",
  "is null",
  "is not null",
] as const;
export type Operator = (typeof operators)[number];

/** Numbers are decimal texts: ids exceed what a JavaScript number holds. Days are 2026-06-01, moments 2026-06-01 08:00:00. */
export const RuleValue = z.union([
  z.string().max(500),
  z.array(z.string().max(500)).max(200),
  /** `emptyIsAll`: of a list, that it leaves all through where it is empty. */
  z.strictObject({ parameter: z.string().max(60), emptyIsAll: z.boolean() }),
]);
export type RuleValue = z.infer<typeof RuleValue>;

export const Rule = z.strictObject({
  field: FieldRef,
  operator: z.enum(operators),
  /** Null where the operator takes none. */
  value: RuleValue.nullable(),
});
export type Rule = z.infer<typeof Rule>;

export interface RuleGroup {
  /** Whether all rules must hold, or any. */
  all: boolean;
  rules: (Rule | RuleGroup)[];
}

/** Groups within the outermost one. */
export const deepest = 3;

function groupOf(depth: number): z.ZodType<RuleGroup> {
  const held: z.ZodType<Rule | RuleGroup> = depth > 0 ? z.union([Rule, groupOf(depth - 1)]) : Rule;
  return z.strictObject({ all: z.boolean(), rules: z.array(held).max(50) });
}
export const RuleGroup = groupOf(deepest);

/** Another table, summed up to one row a key before it is joined: the source's own events are counted once. */
export const Join = z.strictObject({
  name: Name,
  table: z.string().max(120),
  /** INNER keeps what has a match, LEFT everything. */
  kind: z.enum(["INNER", "LEFT"]),
  /** A column of the source and one of the table. */
  key: z.strictObject({ here: FieldRef, there: FieldRef }),
  metrics: z.array(Metric).max(10),
  where: RuleGroup,
});
export type Join = z.infer<typeof Join>;

export const BuiltQuestion = z.strictObject({
  source: z.string().max(120),
  joins: z.array(Join).max(3),
  groups: z.array(Group).max(20),
  metrics: z.array(Metric).max(30),
  /** Of events, before they are counted. */
  where: RuleGroup,
  /** Of rows: its fields are the metrics. */
  having: RuleGroup,
});
export type BuiltQuestion = z.infer<typeof BuiltQuestion>;

export const everything = (): RuleGroup => ({ all: true, rules: [] });

export const isGroup = (held: Rule | RuleGroup): held is RuleGroup => "rules" in held;

/** The rules of a group and of those in it, with where they stand. */
export function rulesIn(group: RuleGroup, path: string): { rule: Rule; path: string }[] {
  return group.rules.flatMap((held, index) =>
    isGroup(held) ? rulesIn(held, `${path}.${index}`) : [{ rule: held, path: `${path}.${index}` }],
  );
}

/** Groups without rules fall away, those that say nothing of their own become part of the one around them. */
function tidyGroup({ all, rules }: RuleGroup): RuleGroup {
  const held = rules.flatMap((one): (Rule | RuleGroup)[] => {
    if (!isGroup(one)) return [one];
    const tidied = tidyGroup(one);
    return tidied.rules.length < 2 || tidied.all === all ? tidied.rules : [tidied];
  });
  const [only] = held;
  // What a lone group held may be a group of the other kind.
  if (held.length === 1 && only && isGroup(only)) return only;
  return { all: all || held.length < 2, rules: held };
}

/** The one of all questions of the same meaning that SQL is read back as. */
export function tidy(question: BuiltQuestion): BuiltQuestion {
  return {
    ...question,
    joins: question.joins.map((join) => ({ ...join, where: tidyGroup(join.where) })),
    where: tidyGroup(question.where),
    having: tidyGroup(question.having),
  };
}
