// Every format of a file: one import and one entry each.
import type { FormatId } from "../contract";
import { csv } from "./csv";
import type { FileFormat } from "./define";
import { parquet } from "./parquet";
import { xlsx } from "./xlsx";

export const formats: Record<FormatId, FileFormat> = { csv, xlsx, parquet };

export { cellText, safeText } from "./csv";
export { type About, type Cell, type CellType, type FileColumn, fromMicros } from "./define";
export { tooLong } from "./xlsx";
