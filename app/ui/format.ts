// Numbers, money and moments as words. Pure: the same input gives the same text on the server and in the browser.

const NO_VALUE = "–";

/** Before what a dot sets apart: the dot never begins a line. */
export const afterDot = "\u00a0· ";

/** What a missing number is called aloud; the eye sees a dash. */
export const NO_VALUE_WORDS = "no data";

/** Making a format costs a hundred times what using it does. */
function kept<Options, Format>(make: (locale: string, options: Options) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, options: Options): Format => {
    const key = `${locale}|${JSON.stringify(options)}`;
    const known = made.get(key) ?? make(locale, options);
    made.set(key, known);
    return known;
  };
}

const numberFormat = kept(
  (locale, options: Intl.NumberFormatOptions): Intl.NumberFormat => new Intl.NumberFormat(locale, options),
);
const dateFormat = kept(
  (locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat(locale, options),
);

const MINUS = "\u2212";
// ICU versions differ in the spaces they use; one kind keeps server and browser equal.
const tidy = (text: string): string => text.replace(/[\u202f\u2009]/g, "\u00a0").replace(/^-/, MINUS);

export interface NumberOptions {
  locale?: string;
  /** Decimals, exactly. Default: 0 for whole numbers, else 2. */
  decimals?: number;
  /** 12.4K instead of 12,431. */
  compact?: boolean;
  /** Print a plus sign before positive numbers. */
  signed?: boolean;
}

/** A count or ratio. `bigint` and decimal strings keep every digit. */
export function formatNumber(value: number | bigint | string | null | undefined, options: NumberOptions = {}): string {
  if (value === null || value === undefined || value === "") return NO_VALUE;
  if (typeof value === "number" && !Number.isFinite(value)) return NO_VALUE;
  const { locale = "en-GB", compact, signed } = options;
  const whole = typeof value === "bigint" || Number.isInteger(Number(value));
  const decimals = options.decimals ?? (whole || compact ? 0 : 2);
  const format = numberFormat(locale, {
    minimumFractionDigits: compact ? 0 : decimals,
    maximumFractionDigits: compact ? 1 : decimals,
    ...(compact ? { notation: "compact" as const } : {}),
    ...(signed ? { signDisplay: "exceptZero" as const } : {}),
  });
  return tidy(format.format(value as number));
}

export interface MoneyOptions extends NumberOptions {
  /** How the currency is named: `code` where currencies can mix, `none` where the header names it. */
  show?: "symbol" | "code" | "none";
}

/** The decimal text of an amount in micros, exactly: 1234560000 is "1234.56". */
export function decimalOfMicros(micros: bigint | string): string {
  const amount = BigInt(micros);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ""}`;
}

/** The micros of a decimal amount as a person types it; null where it is none, or finer than a micro. */
export function microsOfDecimal(text: string): string | null {
  const [, whole = "", fraction = ""] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? [];
  return whole === "" ? null : BigInt(`${whole}${fraction.padEnd(6, "0")}`).toString();
}

/** Micros of a currency as money: "$1,234.56", "1,234.56 USD" or "1,234.56". */
export function formatMoney(
  micros: bigint | string | null | undefined,
  currency: string,
  options: MoneyOptions = {},
): string {
  if (micros === null || micros === undefined || micros === "") return NO_VALUE;
  const { locale = "en-GB", show = "symbol", compact, signed } = options;
  const digits = numberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const decimals = options.decimals ?? digits;
  const format = numberFormat(locale, {
    ...(show === "symbol" ? { style: "currency" as const, currency, currencyDisplay: "narrowSymbol" as const } : {}),
    minimumFractionDigits: compact ? 0 : decimals,
    maximumFractionDigits: compact ? 1 : decimals,
    ...(compact ? { notation: "compact" as const } : {}),
    ...(signed ? { signDisplay: "exceptZero" as const } : {}),
  });
  const text = tidy(format.format(decimalOfMicros(micros) as unknown as number));
  return show === "code" ? `${text}\u00a0${currency}` : text;
}

/** A share: 0.1234 is "12.34%". */
export function formatPercent(ratio: number | null | undefined, options: NumberOptions = {}): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return NO_VALUE;
  const { locale = "en-GB", decimals = 2, signed } = options;
  const format = numberFormat(locale, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    ...(signed ? { signDisplay: "exceptZero" as const } : {}),
  });
  return tidy(format.format(ratio));
}

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A report date, which has no zone: "2026-11-20" is "20 Nov 2026". */
export function formatDay(day: string, options: { locale?: string; year?: boolean; weekday?: boolean } = {}): string {
  if (!isoDay.test(day)) return NO_VALUE;
  const { locale = "en-GB", year = true, weekday = false } = options;
  return tidy(
    dateFormat(locale, {
      timeZone: "UTC",
      day: "numeric",
      month: "short",
      ...(year ? { year: "numeric" as const } : {}),
      ...(weekday ? { weekday: "short" as const } : {}),
    }).format(new Date(`${day}T00:00:00Z`)),
  );
}

/** The day of a moment in a zone: "2026-11-20". */
export const dayOfMoment = (moment: Date, zone: string): string =>
  dateFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);

/** A moment in a zone, which is always named: "20 Nov 2026, 14:05:09 UTC". */
export function formatMoment(moment: Date, zone: string, locale = "en-GB"): string {
  return tidy(
    dateFormat(locale, {
      timeZone: zone,
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    }).format(moment),
  );
}

const steps = [
  { below: 3_600, seconds: 60, word: "min" },
  { below: 86_400, seconds: 3_600, word: "h" },
  { below: 86_400 * 14, seconds: 86_400, word: "d" },
] as const;

/** "2 min ago", "in 3 h", and past two weeks the day itself. */
export function formatAgo(moment: Date, now: Date, locale = "en-GB"): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds >= 0 ? "just now" : "in a moment";
  const step = steps.find(({ below }) => distance < below);
  if (!step) return formatDay(moment.toISOString().slice(0, 10), { locale });
  const count = Math.max(1, Math.round(distance / step.seconds));
  return seconds >= 0 ? `${count} ${step.word} ago` : `in ${count} ${step.word}`;
}

export interface Delta {
  direction: "up" | "down" | "same";
  /** Of the base, or null where the base is 0 or missing. */
  ratio: number | null;
}

/** How far `current` is from `previous`; both in the same unit. */
export function deltaOf(current: number | null, previous: number | null): Delta | null {
  if (current === null || previous === null) return null;
  const direction = current > previous ? "up" : current < previous ? "down" : "same";
  return { direction, ratio: previous === 0 ? null : (current - previous) / Math.abs(previous) };
}
