// Typed columns for programs and warehouses: money as DECIMAL(18,6), counts as INT64, days as DATE, moments as TIMESTAMP in UTC.
import type { ParquetWriter } from "hyparquet-writer";
import {
  type About,
  type Cell,
  type CellType,
  dayNumber,
  type FileColumn,
  type FileFormat,
  microsOf,
  momentNumber,
  numberOf,
} from "./define";

type Element = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

/** Each group is held until it is written: this many rows are what one export costs in memory. */
const rowsOfGroup = 20_000;

const elements = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  integer: { type: "INT64" },
  decimal: { type: "DOUBLE" },
  percent: { type: "DOUBLE" },
  money: { type: "INT64", converted_type: "DECIMAL", precision: 18, scale: 6 },
  date: { type: "INT32", converted_type: "DATE" },
  moment: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  boolean: { type: "BOOLEAN" },
} as const satisfies Record<CellType, Partial<Element>>;

function typedValue(cell: Cell, type: CellType): string | number | bigint | boolean | null {
  if (cell === null) return null;
  switch (type) {
    case "text":
      return String(cell);
    case "integer": {
      const number = numberOf(cell);
      return number === null || !Number.isSafeInteger(number) ? null : BigInt(number);
    }
    case "decimal":
    case "percent":
      return numberOf(cell);
    case "money":
      return microsOf(cell);
    case "date":
      return dayNumber(String(cell));
    case "moment": {
      const ms = momentNumber(String(cell));
      return ms === null ? null : BigInt(ms);
    }
    case "boolean":
      return cell === true;
    default:
      return type satisfies never;
  }
}

async function* write(columns: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>, about: About) {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ key, type }): Element => ({ name: key, repetition_type: "OPTIONAL", ...elements[type] })),
    ],
    kvMetadata: about.map(([key, value]) => ({ key, value })),
    createdBy: "Tidemark",
  });
  const written = () => {
    const bytes = Buffer.from(writer.getBytes());
    writer.index = 0;
    return bytes;
  };
  const group = () => columns.map(({ key }) => ({ name: key, data: [] as ReturnType<typeof typedValue>[] }));
  let [waiting, count] = [group(), 0];
  const put = async () => {
    await parquet.write({ columnData: waiting, rowGroupSize: count });
    [waiting, count] = [group(), 0];
    return written();
  };
  for await (const row of rows) {
    columns.forEach(({ type }, index) => {
      waiting[index]?.data.push(typedValue(row[index] ?? null, type));
    });
    if (++count === rowsOfGroup) yield await put();
  }
  if (count > 0) yield await put();
  await parquet.finish();
  yield written();
}

export const parquet: FileFormat = {
  label: "Parquet",
  mime: "application/vnd.apache.parquet",
  mostRows: null,
  write,
};
