// Money as people write it. Pure.

export type TypedMoney =
  | { kind: "amount"; micros: string }
  /** "+10%" and "-5%" change what there is. */
  | { kind: "percent"; percent: number }
  | { kind: "wrong"; message: string };

export interface MoneyPlace {
  currency: string;
  locale: string;
}

const wrong = (message: string): TypedMoney => ({ kind: "wrong", message });

const decimalSignOf = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** "1,234.56", "1.234,56", "$1 200", "12,5", "1.2k", "+10%"; where a sign could be either, the locale says which it is. */
export function parseMoney(text: string, { currency, locale }: MoneyPlace): TypedMoney {
  const percent = /^\s*([+\-\u2212])\s*(\d+(?:[.,]\d{1,2})?)\s*%\s*$/.exec(text);
  if (percent?.[1] && percent[2]) {
    const size = Number(percent[2].replace(",", "."));
    return { kind: "percent", percent: percent[1] === "+" ? size : -size };
  }
  const bare = text.replace(new RegExp(currency, "i"), "").replace(/[\s\u00a0\u202f'’]|\p{Sc}/gu, "");
  const match = /^([\d.,]*\d[.,]?)([km])?$/i.exec(bare);
  if (!match?.[1]) return wrong(text.trim() === "" ? "Give an amount." : "Write an amount, such as 1,250.00 or +10%.");
  const decimal = plainDecimal(match[1], decimalSignOf(locale));
  if (decimal === null) return wrong("Write an amount, such as 1,250.00 or +10%.");
  const times = { k: 3, m: 6 }[match[2]?.toLowerCase() ?? ""] ?? 0;
  return toMicros(decimal, { times, currency });
}

/** With a point for the decimals and nothing else; null where the groups make no sense. */
function plainDecimal(number: string, localSign: string): string | null {
  const signs = [...number].filter((sign) => sign === "." || sign === ",");
  const last = signs.at(-1);
  if (!last) return number;
  const [whole, fraction] = splitAtLast(number, last);
  const isMixed = new Set(signs).size === 2;
  const isGrouping =
    !isMixed && (signs.length > 1 || (fraction.length === 3 && last !== localSign && !/^0?$/.test(whole)));
  const groups = isGrouping ? number : whole;
  if (/[.,]/.test(groups) && !/^\d{1,3}([.,]\d{3})+$/.test(groups)) return null;
  const digits = groups.replace(/[.,]/g, "") || "0";
  return isGrouping ? digits : `${digits}.${fraction}`;
}

const splitAtLast = (text: string, sign: string): [string, string] => {
  const at = text.lastIndexOf(sign);
  return [text.slice(0, at), text.slice(at + 1)];
};

function toMicros(decimal: string, { times, currency }: { times: number; currency: string }): TypedMoney {
  const [whole = "", fraction = ""] = decimal.split(".");
  const shifted = fraction.padEnd(times + 6, "0");
  const rest = shifted.slice(times).replace(/0+$/, "");
  const most = digitsOf(currency);
  // "1,250" under a locale with a decimal comma is more likely a slip than a sum with a superfluous nought.
  if ((times === 0 ? fraction : rest).length > most)
    return wrong(`${currency} has ${most === 0 ? "no" : most} decimals.`);
  const micros = BigInt(whole + shifted.slice(0, times) + rest.padEnd(6, "0"));
  if (micros <= 0n) return wrong("Give more than nothing.");
  return micros < 10n ** 16n ? { kind: "amount", micros: micros.toString() } : wrong("That is more than can be set.");
}
