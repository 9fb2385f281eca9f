// Which tables and columns a query reads.
import { expressionsOf, type ReadSelect } from "../analysis";
import { type Expression, isCall } from "../ast";
import { amcFunctions } from "../functions";
import { amcTables } from "../schema";
import { type Finding, type Rule, type Subject, whereIs } from "./finding";
import { nearest } from "./nearest";

export const unknownTable: Rule = (subject) =>
  subject.analysis.unknownTables.map(({ name, relation }) => {
    const names = [...amcTables, ...(subject.options.uploaded ?? [])].map((table) => table.name);
    const near = nearest(name, names);
    return {
      rule: "unknown-table",
      message: `There is no table ${name}.`,
      fix: near ? `Did you mean ${near}?` : "Name one of AMC's tables, a table you uploaded, or a CTE of this query.",
      severity: "error",
      at: whereIs(relation, subject),
    };
  });

/** An instance that has a table has its twin for audiences. */
export const tableOnInstance: Rule = (subject) => {
  const there = subject.options.tables && new Set(subject.options.tables.map((name) => name.toLowerCase()));
  if (!there) return [];
  return tablesRead(subject).flatMap(({ table, relation }) => {
    const isHere = there.has(table.name) || there.has(table.name.replace("_for_audiences", ""));
    if (isHere || subject.options.uploaded?.includes(table)) return [];
    const fix = table.paid
      ? "It is a paid feature: subscribe this instance to it, or choose another table."
      : "Choose a table among this instance's data sources.";
    return [
      error("table-not-here", `This instance has no table ${table.name}.`, { fix, at: whereIs(relation, subject) }),
    ];
  });
};

/** Files, settings, other joins and the like, which DuckDB would take. */
export const foreignRelation: Rule = (subject) =>
  subject.analysis.foreign.map((relation) =>
    error("foreign", "This is not part of AMC's SQL.", {
      fix: "Read tables, subqueries, VALUES or UNNEST, joined with INNER, LEFT, FULL or CROSS JOIN.",
      at: whereIs(relation, subject),
    }),
  );

/** A star that the words do not show: FROM without SELECT, or COLUMNS(...). */
export const hiddenStar: Rule = (subject) =>
  subject.analysis.selects
    .filter(({ node }) => node.from_table.type !== "EXPRESSION_LIST")
    .flatMap(({ node }) => expressionsOf(node).filter((expression) => expression.class === "STAR"))
    .map((star) =>
      error("no-star", "SELECT * is not supported.", { fix: "Name the columns you need.", at: whereIs(star, subject) }),
    );

export const audienceTables: Rule = (subject) =>
  tablesRead(subject).flatMap(({ table, relation }) => {
    const at = whereIs(relation, subject);
    const twin = `${table.name}_for_audiences`;
    const hasTwin = amcTables.some(({ name }) => name === twin);
    if (subject.options.audience && hasTwin)
      return [error("audience-table", `An audience cannot be made from ${table.name}.`, { fix: `Read ${twin}.`, at })];
    if (!subject.options.audience && table.forAudiences)
      return [
        error("audience-table", `${table.name} can be read for audiences only.`, {
          fix: `Read ${table.name.replace("_for_audiences", "")}.`,
          at,
        }),
      ];
    return [];
  });

export const audienceUsers: Rule = (subject) => {
  if (!subject.options.audience || subject.analysis.columns.some(({ name }) => name.toLowerCase() === "user_id"))
    return [];
  const select = subject.analysis.selects.find(({ final }) => final);
  const at = select?.node.select_list[0] ? whereIs(select.node.select_list[0], subject) : { start: 0, end: 0 };
  return [
    error("audience-user-id", "The SELECT of an audience must hold user_id.", {
      fix: "Add user_id to the final SELECT.",
      at,
    }),
  ];
};

/** A function that may run here and fails at AMC. */
export const undocumentedFunction: Rule = (subject) =>
  callsOf(subject).flatMap(({ node }) => {
    const name = written(node, subject)?.toLowerCase();
    if (!name || amcFunctions.has(name) || name === "getdate") return [];
    const near = nearest(name, amcFunctions);
    return [
      {
        rule: "undocumented-function",
        message: `${name.toUpperCase()} is not among AMC's documented functions.`,
        fix: near ? `Did you mean ${near.toUpperCase()}?` : "Use a documented function.",
        severity: "warning" as const,
        at: whereIs(node, subject),
      },
    ];
  });

/** The name of a function as the text has it; null for an operator or what DuckDB made of other words. */
function written(node: Expression, subject: Subject): string | null {
  const { start, end } = whereIs(node, subject);
  const index = subject.tokens.findIndex((token) => token.start === start);
  const [here, next] = [subject.tokens[index], subject.tokens[index + 1]];
  const isName = here?.kind === "word" && next?.text === "(" && here.text.toLowerCase() === node.function_name;
  return isName ? subject.sql.slice(start, end) : null;
}

export function callsOf({ analysis }: Subject): { node: Expression; select: ReadSelect }[] {
  return analysis.selects.flatMap((select) =>
    expressionsOf(select.node)
      .filter((node) => isCall(node) || node.class === "WINDOW")
      .map((node) => ({ node, select })),
  );
}

export function tablesRead({ analysis }: Subject) {
  return analysis.selects.flatMap(({ relations }) =>
    relations.flatMap(({ table, relation }) => (table ? [{ table, relation }] : [])),
  );
}

export function error(rule: string, message: string, more: { fix: string; at: Finding["at"] }): Finding {
  return { rule, message, severity: "error", ...more };
}
