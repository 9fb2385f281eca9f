const known = new Map<string, number>();

/** Decimals of a currency: 2 of USD, none of JPY. */
export function decimalDigits(currency: string): number {
  const digits =
    known.get(currency) ??
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
    2;
  known.set(currency, digits);
  return digits;
}
