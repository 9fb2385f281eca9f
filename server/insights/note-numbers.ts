// What a file of numbers says of them: their days, the moment they are seen as of, how settled they are, and the version of the data.
import { createHash } from "node:crypto";
import type { Permission, TxCtx } from "../core/context";
import { filterValues, type ListQuery, type NumbersNote } from "../core/query";
import { inCurrency } from "./in-currency";
import { daySums } from "./kpi-store";
import { convertible } from "./list-breakdowns";
import { hidesMoney } from "./money";
import { readWithin, type Within } from "./part";
import { readScope } from "./scope";
import { dataVersions } from "./scope-store";
import { type View, viewOf } from "./view";

/** Of the accounts that the query's filters name: by brand, account, or the ids of campaigns (`<account>:<campaign>`). */
export async function noteNumbers(tx: TxCtx, query: ListQuery, permission?: Permission): Promise<NumbersNote> {
  const view = viewOf(query);
  const ofIds = [...(filterValues(query, "id") ?? []), ...(filterValues(query, "campaignId") ?? [])];
  const named = ofIds.filter((id) => id.includes(":")).map((id) => id.split(":")[0] ?? "");
  const accountIds = filterValues(query, "accountId") ?? (named.length > 0 ? named : undefined);
  const filter = { brandIds: filterValues(query, "brandId") ?? undefined, accountIds, permission };
  return noteOf(tx, { scope: await readScope(tx, filter, view), part: {} }, view);
}

export const noteCampaigns = (tx: TxCtx, query: ListQuery): Promise<NumbersNote> =>
  noteNumbers(tx, query, "campaigns.read");

/** Of a list with the filters of `withinFilter`. */
export async function noteWithin(tx: TxCtx, query: ListQuery): Promise<NumbersNote> {
  return noteOf(tx, await readWithin(tx, query), viewOf(query));
}

/** Of a breakdown: a report without days is not converted. */
export const noteBreakdown = (tx: TxCtx, query: ListQuery): Promise<NumbersNote> => noteNumbers(tx, convertible(query));

async function noteOf(tx: TxCtx, { scope, part }: Within, view: View): Promise<NumbersNote> {
  const { range, freshness, settled, accounts, at, own, pricing } = scope;
  const versions = await dataVersions(
    tx,
    accounts.map(({ id }) => id),
  );
  // A formula or a rate that changes makes other numbers of the same data.
  const made = [own.map(({ info }) => [info.id, info.formula]), pricing];
  const conversion = pricing && inCurrency({ scope, sums: await daySums(tx, scope, part) }).conversion;
  return {
    range: { id: range.id, from: range.from, to: range.to },
    compare: { from: range.previous.from, to: range.previous.to },
    asOf: at?.toISOString() ?? null,
    sameAge: view.sameAge ?? false,
    zones: freshness.zones,
    dataVersion: createHash("sha256").update(versions).update(JSON.stringify(made)).digest("hex").slice(0, 16),
    syncedAt: freshness.syncedAt,
    dataThrough: freshness.dataThrough,
    partialDay: freshness.partialDay,
    settled: Object.entries(settled).map(([rule, { share, until }]) => ({ rule, share, until })),
    moneyHidden: hidesMoney(accounts),
    conversion: conversion ?? null,
  };
}
