// Values as a file holds them: dates in ISO, dots in decimals, nothing that a spreadsheet would run.
import type { FieldDescription } from "../describe";

/** What a spreadsheet takes for a formula when a cell begins with it, full-width forms too. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** An apostrophe keeps the text a text. */
export const safeText = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that `safeText` was made from. */
export const plainText = (text: string): string => (/^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text);

type Kind = Pick<FieldDescription, "kind" | "values">;

/** The text of one value in a file; empty where there is none. */
export function cellText(value: unknown, field: Kind): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return safeText(value.map((one) => plainText(cellText(one, field))).join("; "));
  switch (field.kind) {
    case "money":
      return fromMicros(String(value));
    case "number":
    case "percent":
      return typeof value === "number" || /^-?\d+(\.\d+)?$/.test(String(value))
        ? String(value)
        : safeText(String(value));
    case "enum":
      return safeText(field.values?.find((known) => known.value === value)?.label ?? String(value));
    case "boolean":
      return value ? "true" : "false";
    case "text":
    case "date":
    case "moment":
    case "reference":
      return safeText(String(value));
    default:
      return field.kind satisfies never;
  }
}

/** Micros as a decimal: "12500000" is "12.50". */
export function fromMicros(micros: string): string {
  if (!/^-?\d+$/.test(micros)) return "";
  const negative = micros.startsWith("-");
  const digits = micros.replace("-", "").padStart(7, "0");
  const cents = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${negative ? "-" : ""}${digits.slice(0, -6)}.${cents}`;
}

/** A decimal as micros; null where it is none. */
export function toMicros(text: string): string | null {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign = "", whole = "0", rest = ""] = parts;
  return `${sign}${BigInt(whole + rest.padEnd(6, "0"))}`;
}
