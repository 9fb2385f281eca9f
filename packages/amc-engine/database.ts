// One locked-down DuckDB in memory: no file or network but the source's folder, one thread, bounded memory.
import type { DuckDBConnection } from "@duckdb/node-api";
import { parse, stringify } from "lossless-json";
import type { QueryNode, Statement } from "./ast";
import { macros } from "./functions";
import { quoteText } from "./quote";

export interface DatabaseOptions {
  memoryLimitMb: number;
  /** The one folder that may be read. */
  folder?: string;
}

export interface Database {
  /** Connections have temporary tables of their own; whoever opens one closes it. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/** DuckDB is loaded here and not before: importing the package costs nothing. */
export async function openDatabase({ memoryLimitMb, folder }: DatabaseOptions): Promise<Database> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  // More threads give ties of ROW_NUMBER another order each run.
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: `${memoryLimitMb}MB` });
  const connection = await instance.connect();
  const statements = [
    ...macros,
    "CREATE SCHEMA raw",
    ...(folder ? [`SET allowed_directories = [${quoteText(folder)}]`] : []),
    "SET temp_directory = ''",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    // AMC compares texts with numbers.
    "SET GLOBAL old_implicit_casting = true",
    "SET GLOBAL errors_as_json = true",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
  await connection.run(statements.join(";"));
  connection.closeSync();
  return { connect: () => instance.connect(), close: () => instance.closeSync() };
}

/** Why DuckDB does not take a text; `position` counts UTF-8 bytes. */
export interface Refusal {
  message: string;
  position: number | null;
  /** COLUMN_NOT_FOUND, MISSING_ENTRY, SYNTAX_ERROR and the like. */
  kind: string;
  /** The column or function that is not there, and the one nearest to it. */
  name: string | null;
  candidate: string | null;
}

export type Parsed = { ok: true; queries: QueryNode[] } | { ok: false; refusal: Refusal };

interface Serialized {
  error: boolean;
  error_message?: string;
  error_subtype?: string;
  position?: string;
  statements: Statement[];
}

/** Reads a text as the SELECTs it is made of. */
export async function parseSql(connection: DuckDBConnection, sql: string): Promise<Parsed> {
  const reader = await connection.runAndReadAll("SELECT json_serialize_sql($sql::VARCHAR)", { sql });
  const tree = parse(String(reader.value(0, 0))) as Serialized;
  if (!tree.error) return { ok: true, queries: tree.statements.map(({ node }) => node) };
  const position = tree.position === undefined ? null : Number(tree.position);
  const message = tree.error_message ?? "";
  return { ok: false, refusal: { message, position, kind: tree.error_subtype ?? "", name: null, candidate: null } };
}

/** The SQL of a tree. */
export async function writeSql(connection: DuckDBConnection, query: QueryNode): Promise<string> {
  const tree = stringify({ error: false, statements: [{ node: query, named_param_map: [] }] });
  const reader = await connection.runAndReadAll("SELECT json_deserialize_sql($tree::JSON)", { tree: tree ?? "" });
  return String(reader.value(0, 0));
}

/** Reads what DuckDB threw. */
export function readRefusal(error: unknown): Refusal {
  const said = error instanceof Error ? error.message : String(error);
  if (!said.startsWith("{")) return { message: said, position: null, kind: "", name: null, candidate: null };
  const read = JSON.parse(said) as Record<string, string | undefined>;
  return {
    message: read.exception_message ?? said,
    position: read.position === undefined ? null : Number(read.position),
    kind: read.error_subtype ?? read.exception_type ?? "",
    name: read.name ?? null,
    candidate: read.candidates?.split(",")[0] ?? null,
  };
}
