// The answer of a run: CSV files behind addresses that live ten minutes (contracts 5.3), read in flat memory.

import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import { z } from "zod";
import { UnexpectedShape } from "../errors";
import { openFile } from "../open-file";
import type { Wire } from "../wire";
import type { RunReference } from "./executions";
import { readAll } from "./pages";
import { reportingPath } from "./request";

const operation = "amc.downloadResult";
const rowsOfBatch = 500;

export interface ResultBatch {
  /** Names as the file's first line has them; the same in every batch. */
  columns: readonly string[];
  /** Values as text; null where nothing stands. */
  rows: (string | null)[][];
}

/**
 * The rows of a succeeded run, at least one batch. Throws UrlExpired where reading took so long that an address died: ask again.
 * Each of several files begins with the names of the columns: nothing is recorded of results of more than one file.
 */
export async function* downloadResult(wire: Wire, input: RunReference): AsyncGenerator<ResultBatch> {
  const urls = await readAll(wire, input, {
    operation: "amc.downloadUrls",
    path: reportingPath(input.instanceId, `workflowExecutions/${encodeURIComponent(input.executionId)}/downloadUrls`),
    list: "downloadUrls",
    item: z.string(),
    limit: null,
  });
  if (urls.length === 0) throw new UnexpectedShape({ operation: "amc.downloadUrls" }, "downloadUrls", "it is empty");
  for (const url of urls) {
    yield* readCsv(openFile(wire, { region: input.region, operation, url, signal: input.signal }));
  }
}

async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ResultBatch> {
  const source = Readable.from(bytes, { highWaterMark: 4 });
  const parser = pipeline(source, parse({ bom: true, cast: (value) => (value === "" ? null : value) }), () => {});
  let columns: string[] | null = null;
  let rows: (string | null)[][] = [];
  try {
    for await (const row of parser as AsyncIterable<(string | null)[]>) {
      if (columns === null) {
        columns = row.map((name) => name ?? "");
        continue;
      }
      rows.push(row);
      if (rows.length < rowsOfBatch) continue;
      yield { columns, rows };
      rows = [];
    }
  } catch (error) {
    if (isCsvError(error)) throw new UnexpectedShape({ operation }, "the file", `broken CSV (${error.code})`);
    throw error;
  } finally {
    source.destroy();
  }
  if (columns === null) throw new UnexpectedShape({ operation }, "the file", "no line of column names");
  yield { columns, rows };
}

const isCsvError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && "code" in error && String(error.code).startsWith("CSV_");
