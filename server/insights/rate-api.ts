import { resource } from "../core/resource";
import { CurrencyPair, CurrencyRate } from "./rate-contract";
import { getRate, importRate, listPairs, listRates, removeRate, setRate } from "./rates";

export const currencyRatesResource = resource({
  name: "currency-rates",
  title: "Exchange rate",
  description: "What one unit of a currency was worth in another on a day. A file of the same columns sets many.",
  item: CurrencyRate,
  list: {
    permission: "insights.read",
    filter: { id: "text", base: "text", quote: "text", day: "date" },
    sort: ["day", "base", "quote", "setAt"],
    search: true,
    run: listRates,
  },
  get: { permission: "insights.read", run: getRate },
  create: setRate,
  remove: removeRate,
  fileRow: importRate,
  key: "day",
  auditType: "currency-rate",
  fields: {
    base: { label: "From" },
    quote: { label: "To" },
    day: { label: "Day", kind: "date" },
    rate: { label: "Rate", kind: "text" },
    setBy: { label: "Set by" },
    setAt: { label: "Set" },
  },
});

export const currencyPairsResource = resource({
  name: "currency-pairs",
  title: "Currency pair",
  description: "The pairs of currencies that there are rates of, and how far these reach.",
  item: CurrencyPair,
  list: { permission: "insights.read", filter: {}, sort: [], run: listPairs },
});
