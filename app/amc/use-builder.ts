import { useEffect, useMemo, useRef, useState } from "react";
import type { AmcTableItem, TemplateParameter } from "#server/amc/template-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { useUrlParam } from "~/providers/router";
import {
  type BuiltQuestion,
  checkQuestion,
  parametersOf,
  type QuestionProblem,
  type Table,
  writeSql,
} from "../../packages/amc-builder";
import type { Reading } from "../../packages/amc-builder/read-sql";
import { beginnings } from "./declared-parameters";

/** A question with the SQL that stands for it; where parts of it are wrong, the SQL is from before. */
interface Built {
  question: BuiltQuestion;
  sql: string;
}

interface Refused {
  sql: string;
  why: string;
}

interface BuilderInput {
  sql: string;
  parameters: TemplateParameter[];
  items: readonly AmcTableItem[];
  onSql(sql: string, parameters: TemplateParameter[]): void;
}

const none: QuestionProblem[] = [];

/** The builder over the editor's SQL: `view=builder` in the address shows it, where the SQL has a place in it. */
export function useBuilder({ sql, parameters, items, onSql }: BuilderInput) {
  const http = useMemo(createHttp, []);
  const [view, setView] = useUrlParam("view");
  const [built, setBuilt] = useState<Built | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const tables = useMemo(() => tablesOf(items), [items]);
  const isWanted = view === "builder";
  const isBlank = sql.trim() === "";
  const question = built && built.sql === sql ? built.question : null;
  const isReading = isWanted && !isBlank && question === null;
  const take = (read: BuiltQuestion) => {
    setBuilt({ question: read, sql });
    onSql(sql, declaredFor(read, { tables, parameters }));
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (!isReading) return;
    const stop = new AbortController();
    const read = http.post<Reading>(actionUrl("amc-templates", "read-sql"), { sql }, { signal: stop.signal }).then(
      ({ data }) => (data.question ? data.question : whyOf(data)),
      (error: ApiError) => `It could not be read: ${error.message} ${error.remedy ?? ""}`,
    );
    void read.then((said) => {
      if (stop.signal.aborted) return;
      if (typeof said !== "string") return latest.current(said);
      setRefused({ sql, why: said });
      setView(null);
    });
    return () => stop.abort();
  }, [isReading, sql, http, setView]);
  const change = (next: BuiltQuestion) => {
    const written = checkQuestion(next, tables).length === 0 ? writeSql(next, tables) : sql;
    setBuilt({ question: next, sql: written });
    onSql(written, declaredFor(next, { tables, parameters }));
  };
  return {
    isShown: isWanted,
    isReading,
    tables,
    question,
    problems: question ? checkQuestion(question, tables) : none,
    /** Why the SQL at hand stays SQL. */
    refusal: refused && refused.sql === sql && !isWanted ? refused.why : null,
    show: (wanted: boolean) => setView(wanted ? "builder" : null),
    change,
  };
}

const whyOf = ({ reason, line }: Extract<Reading, { question: null }>): string =>
  line === null ? reason : `${reason} See line ${line}.`;

/** Audiences are made of tables of their own. */
const tablesOf = (items: readonly AmcTableItem[]): Table[] =>
  items
    .filter(({ id }) => !id.includes("_for_audiences"))
    .map(({ id, columns }) => ({ name: id, columns: columns as Table["columns"] }));

/** Parameters as the rules need them; what else is known of one stays. */
function declaredFor(
  question: BuiltQuestion,
  { tables, parameters }: { tables: readonly Table[]; parameters: readonly TemplateParameter[] },
): TemplateParameter[] {
  return parametersOf(question, tables).map(({ name, kind }) => {
    const known = parameters.find((one) => one.name === name);
    if (known && (known.kind === kind || (known.kind === "choice" && kind === "text"))) return known;
    return { name, label: known?.label ?? name, help: known?.help ?? "", kind, default: beginnings[kind] };
  });
}
