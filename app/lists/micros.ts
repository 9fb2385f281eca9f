/** "12500000" as "12.50". */
export function decimalOf(micros: string): string {
  if (!/^-?\d+$/.test(micros)) return micros;
  const negative = micros.startsWith("-");
  const digits = micros.replace("-", "").padStart(7, "0");
  return `${negative ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, "")}`;
}

/** A decimal as micros; null where it is none. */
export function microsOf(text: string): string | null {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,6})?)?$/.exec(text.trim());
  if (!parts) return null;
  const [, sign = "", whole = "0", rest = ""] = parts;
  return `${sign}${BigInt(whole + rest.padEnd(6, "0"))}`;
}
