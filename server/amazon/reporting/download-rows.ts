import { openFile } from "../open-file";
import type { Wire } from "../wire";
import { type RowBatch, splitRows } from "./split-rows";
import type { DownloadReport } from "./transport";

/** Rows of a report file. */
export const downloadRows = (wire: Wire, input: DownloadReport): AsyncIterable<RowBatch> =>
  splitRows(openFile(wire, { ...input, operation: "reporting.download" }));
