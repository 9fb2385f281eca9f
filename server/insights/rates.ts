// Exchange rates: read by all who see numbers, kept by who may. A file brings many, row by row.
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { type CurrencyPair, type CurrencyRate, isCurrency, RateRemove, RateRow } from "./rate-contract";
import { deleteRate, findRate, type RateKey, selectPairs, selectRates, upsertRate } from "./rate-store";

export async function listRates(tx: TxCtx, query: ListQuery): Promise<ListResult<CurrencyRate>> {
  requireRead(tx, "insights.read", "anyBrand");
  return selectRates(tx, query);
}

export async function listPairs(tx: TxCtx, query: ListQuery): Promise<ListResult<CurrencyPair>> {
  requireRead(tx, "insights.read", "anyBrand");
  const items = await selectPairs(tx);
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

const idOf = ({ base, quote, day }: RateKey): string => `${base}:${quote}:${day}`;

/** @throws {AppError} not_found */
async function findById(tx: TxCtx, id: string): Promise<CurrencyRate> {
  const [base = "", quote = "", day = ""] = id.split(":");
  const isKey =
    isCurrency(base) && isCurrency(quote) && /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
  const rate = isKey ? await findRate(tx, { base, quote, day }) : null;
  if (!rate) throw notFound("The rate");
  return rate;
}

export async function getRate(tx: TxCtx, id: string): Promise<CurrencyRate> {
  requireRead(tx, "insights.read", "anyBrand");
  return findById(tx, id);
}

async function put(tx: TxCtx, { rate, ...key }: RateKey & { rate: string }) {
  const before = await findRate(tx, key);
  await upsertRate(tx, { ...key, rate }, actorName(tx.actor));
  const after = await findRate(tx, key);
  if (before?.rate === after?.rate) return { outcome: "unchanged" as const, audit: null };
  await tx.changed("currency-rates");
  const audit = {
    action: before ? "currency-rate.changed" : "currency-rate.set",
    target: { type: "currency-rate", id: idOf(key), label: `${key.base} to ${key.quote} on ${key.day}` },
    ...(before ? { before: { rate: before.rate } } : {}),
    after: { rate: after?.rate },
  };
  return { outcome: before ? ("update" as const) : ("create" as const), audit };
}

export const setRate = command({
  name: "currency-rate.set",
  permission: "rates.write",
  input: RateRow,
  run: async (tx, input) => {
    const { audit } = await put(tx, input);
    return { result: await findById(tx, idOf(input)), audit };
  },
});

export const importRate = command({
  name: "currency-rate.import",
  permission: "rates.write",
  input: RateRow,
  run: async (tx, input) => {
    const { outcome, audit } = await put(tx, input);
    return { result: { outcome }, audit };
  },
});

export const removeRate = command({
  name: "currency-rate.delete",
  permission: "rates.write",
  input: RateRemove,
  run: async (tx, { id }) => {
    const { base, quote, day, rate } = await findById(tx, id);
    await deleteRate(tx, { base, quote, day });
    await tx.changed("currency-rates");
    const target = { type: "currency-rate", id, label: `${base} to ${quote} on ${day}` };
    return { result: { id }, audit: { action: "currency-rate.deleted", target, before: { rate } } };
  },
});
