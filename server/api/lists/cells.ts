// Values of described fields as the cells of a file, and back from what a file holds.
import type { Cell, CellType } from "../../exports";
import type { FieldDescription } from "../describe";

/** The text that the guard against formulas was put before. */
export const plainText = (text: string): string => (/^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text);

type Kind = Pick<FieldDescription, "kind" | "values"> & Partial<Pick<FieldDescription, "many" | "whole">>;

export function cellTypeOf({ kind, many, whole }: Kind): CellType {
  if (many) return "text";
  switch (kind) {
    case "number":
      return whole ? "integer" : "decimal";
    case "money":
    case "percent":
    case "date":
    case "moment":
    case "boolean":
    case "text":
      return kind;
    case "enum":
    case "reference":
      return "text";
    default:
      return kind satisfies never;
  }
}

export function cellOf(value: unknown, field: Kind): Cell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => cellOf(one, field)).join("; ");
  if (field.kind === "enum") return field.values?.find((known) => known.value === value)?.label ?? String(value);
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}

/** A decimal as micros; null where it is none. */
export function toMicros(text: string): string | null {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign = "", whole = "0", rest = ""] = parts;
  return `${sign}${BigInt(whole + rest.padEnd(6, "0"))}`;
}
