// Numbers of a report, read exactly. An amount is a whole number: a `number` where a double holds it, else a `bigint`.

export type Amount = number | bigint;

const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/;
const scale = 6;
/** Below it a double times a million is nearer to the decimal's own micros than to any other whole number. */
const fastLimit = 4_000_000_000;

/** Micros of a decimal, as Amazon sends money: a JSON number or decimal text. Null where it is neither; a 7th digit is rounded, half away from zero. */
export function microsOf(value: number | string): Amount | null {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    const size = Math.abs(value);
    if (size < fastLimit) {
      const micros = Math.round(size * 1e6);
      return value < 0 && micros !== 0 ? -micros : micros;
    }
  }
  return shifted(String(value), scale);
}

/** A count: whole, as a JSON number or text. Null where it is not whole. */
export function countOf(value: number | string): Amount | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const whole = shifted(String(value), 0, true);
  return whole;
}

/** The decimal times ten to the `digits`, without a float on the way. */
function shifted(text: string, digits: number, exact = false): Amount | null {
  const match = decimal.exec(text.trim());
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
  if (!match || whole + fraction === "") return null;
  const point = whole.length + Number(exponent) + digits;
  const all = whole + fraction;
  const kept = point <= 0 ? "0" : all.slice(0, point).padEnd(point, "0");
  const rest = point < 0 ? "" : all.slice(point);
  if (exact && /[1-9]/.test(point < 0 ? all : rest)) return null;
  const size = BigInt(kept) + (rest.charCodeAt(0) >= 53 ? 1n : 0n);
  return narrow(sign === "-" ? -size : size);
}

const narrow = (value: bigint): Amount =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
