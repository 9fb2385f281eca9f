// Amazon's data types beside DuckDB's.
import { type CastType, listOf } from "./ast";
import type { DataType } from "./contract";

interface Typed {
  dataType: DataType;
  elementType?: DataType;
}

const duckTypes: Record<DataType, string> = {
  ARRAY: "VARCHAR[]",
  BINARY: "BLOB",
  BOOLEAN: "BOOLEAN",
  BYTE: "TINYINT",
  DATE: "DATE",
  DECIMAL: "DECIMAL(38,4)",
  DOUBLE: "DOUBLE",
  FLOAT: "FLOAT",
  INTEGER: "INTEGER",
  LONG: "BIGINT",
  SHORT: "SMALLINT",
  STRING: "VARCHAR",
  TIMESTAMP: "TIMESTAMP",
};

/** What DuckDB calls the type of a column. */
export function sqlType({ dataType, elementType }: Typed): string {
  return dataType === "ARRAY" ? `${duckTypes[elementType ?? "STRING"]}[]` : duckTypes[dataType];
}

/** The same as a syntax tree has it; DECIMAL is read as DOUBLE, which holds what a parameter can say. */
export function castType({ dataType, elementType }: Typed): CastType {
  if (dataType === "ARRAY") return listOf(castType({ dataType: elementType ?? "STRING" }));
  return { id: dataType === "DECIMAL" ? "DOUBLE" : duckTypes[dataType], type_info: null };
}

/** Sums of whole numbers are HUGEINT in DuckDB and LONG in AMC. */
const amcTypes: Record<string, DataType> = {
  BIGINT: "LONG",
  HUGEINT: "LONG",
  UBIGINT: "LONG",
  UHUGEINT: "LONG",
  UINTEGER: "LONG",
  TINYINT: "BYTE",
  SMALLINT: "SHORT",
  INTEGER: "INTEGER",
  DOUBLE: "DOUBLE",
  FLOAT: "FLOAT",
  BOOLEAN: "BOOLEAN",
  DATE: "DATE",
  TIMESTAMP: "TIMESTAMP",
  "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",
  BLOB: "BINARY",
};

/** What AMC calls a type that DuckDB tells; what it has no word for is put out as text. */
export function dataTypeOf(duckType: string): DataType {
  if (duckType.endsWith("]")) return "ARRAY";
  if (duckType.startsWith("DECIMAL")) return "DECIMAL";
  return amcTypes[duckType] ?? "STRING";
}
