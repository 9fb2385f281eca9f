// AMC's constructs as DuckDB has them, on the syntax tree. A new one is an entry of `rewrites`; functions that only differ in name or in
// the order of what they take are macros, in functions.ts.
import {
  type BaseTable,
  type CastType,
  call,
  cast,
  type Expression,
  type FunctionCall,
  isCall,
  type Node,
  textConstant,
  textOf,
} from "./ast";
import type { DeclaredParameter, Parameter } from "./contract";
import { readTableName } from "./extended-window";
import { castType } from "./types";

/** What the words of a text stand for in this run. */
export interface Meaning {
  window: { start: Date; end: Date };
  now: Date;
  timeZone: string;
  parameters: Record<string, Parameter>;
  declared: readonly DeclaredParameter[];
}

type Rewrite = (call: FunctionCall, meaning: Meaning) => Expression;

const rewrites: Record<string, Rewrite> = {
  built_in_parameter: ({ children }, { window }) =>
    moment(textOf(children[0])?.toUpperCase() === "TIME_WINDOW_END" ? window.end : window.start),
  custom_parameter: ({ children }, meaning) => parameterValue(textOf(children[0]) ?? "", meaning),
  collect: renamed("list"),
  explode: renamed("unnest"),
  named_row: namedRow,
  // AMC counts the days of a week from 1, DuckDB from 0.
  dayofweek: ({ children }) => call("+", [call("dayofweek", children), typed("1", "INTEGER")]),
  // SIMILAR TO is a regular expression that may match anywhere.
  regexp_full_match: renamed("regexp_matches"),
};

/** Answers with the node as DuckDB reads it; one that means the same there as it is. */
export function rewriteNode(node: Node, meaning: Meaning): Node {
  if (!("class" in node)) return node.type === "BASE_TABLE" ? withAlias(node) : node;
  const made = madeOf(node, meaning);
  return made === node ? node : { ...made, alias: node.alias, query_location: node.query_location };
}

/** A table read over a wider window still answers to its name. */
function withAlias(table: BaseTable): BaseTable {
  return { ...table, alias: table.alias || readTableName(table.table_name).table };
}

function madeOf(node: Expression, meaning: Meaning): Expression {
  if (isCall(node)) return rewrites[node.function_name.toLowerCase()]?.(node, meaning) ?? node;
  if (node.class === "COLUMN_REF" && node.column_names?.length === 1) return currentTime(node, meaning);
  if (node.class === "CAST") return castOfNow(node, meaning);
  return node;
}

function currentTime(node: Expression, meaning: Meaning): Expression {
  const name = node.column_names?.[0]?.toLowerCase();
  if (name === "current_date") return today(meaning);
  return name === "current_timestamp" ? moment(meaning.now) : node;
}

/** CAST('today' AS DATE), CAST('now' AS TIMESTAMP). */
function castOfNow(node: Expression, meaning: Meaning): Expression {
  const said = textOf(node.child as Expression)?.toLowerCase();
  if (said !== "today" && said !== "now") return node;
  const child = (node.cast_type as CastType).id === "DATE" || said === "today" ? today(meaning) : moment(meaning.now);
  return { ...node, child };
}

function today({ now, timeZone }: Meaning): Expression {
  return typed(new Intl.DateTimeFormat("en-CA", { timeZone }).format(now), "DATE");
}

function moment(at: Date): Expression {
  return typed(at.toISOString().slice(0, -1), "TIMESTAMP");
}

function typed(text: string | null, id: string): Expression {
  return cast(textConstant(text), { id, type_info: null });
}

function renamed(name: string): Rewrite {
  return (node) => ({ ...node, function_name: name });
}

/** NAMED_ROW('a', x, 'b', y) holds names and values in turn. */
function namedRow({ children }: FunctionCall): Expression {
  const values = children.flatMap((name, index) => {
    const value = children[index + 1];
    return index % 2 === 0 && value ? [{ ...value, alias: textOf(name) ?? `_${index / 2}` }] : [];
  });
  return call("struct_pack", values);
}

function parameterValue(name: string, { parameters, declared }: Meaning): Expression {
  const value = parameters[name] ?? null;
  const known = declared.find((one) => one.name === name);
  // A bare NULL fits wherever the text asks for it.
  if (value === null && !known) return textConstant(null);
  const declaration = known ?? declare(name, value);
  if (!Array.isArray(value)) return cast(textConstant(value === null ? null : String(value)), castType(declaration));
  const held = castType({ dataType: declaration.elementType ?? "STRING" });
  return cast(
    call(
      "list_value",
      value.map((one: string | number) => cast(textConstant(String(one)), held)),
    ),
    {
      ...castType({ ...declaration, dataType: "ARRAY" }),
    },
  );
}

/** What an undeclared parameter is, by its value. */
function declare(name: string, value: Parameter): DeclaredParameter {
  const dataType = typeOf(value);
  if (!Array.isArray(value)) return { name, dataType };
  const elementTypes = value.map((one: string | number) => typeOf(one));
  return { name, dataType: "ARRAY", elementType: elementTypes.every((type) => type === "LONG") ? "LONG" : "STRING" };
}

function typeOf(value: Parameter): DeclaredParameter["dataType"] {
  if (typeof value === "number") return Number.isInteger(value) ? "LONG" : "DOUBLE";
  return typeof value === "boolean" ? "BOOLEAN" : "STRING";
}
