// Every brand's signs in one read: the number of statements does not grow with the brands.
import { type ConsentMap, countAccounts, drawConsentMap } from "../connections";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { type Reading, windowOf } from "../core/window-list";
import { type BrandData, readBrandData } from "../insights";
import { failedDeliveries, type OpenAlert, openAlerts } from "../notifications";
import { getBrand, listBrands } from "../workspace";
import type { Brand } from "../workspace/contract";
import type { WallBrand } from "./contract";
import { spendSign } from "./pacing";
import { alertSign, consentSign, freshnessSign, needOf, urgencyOf, workSign } from "./signs";
import { countWork, type WorkCounts } from "./wall-store";

/** More brands than any agency has: the wall is worked out as a whole, then filtered and cut. */
const mostBrands = 5000;
const weekMs = 7 * 24 * 3_600_000;

const reading: Reading<WallBrand> = {
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    tags: ({ tags }) => tags,
    ownerUserId: ({ ownerUserId }) => ownerUserId ?? "none",
    need: ({ need }) => need,
  },
  sorts: {
    name: ({ name }) => name.toLowerCase(),
    need: urgencyOf,
    ownerName: ({ ownerName }) => ownerName?.toLowerCase() ?? null,
    tags: ({ tags }) => tags.join(" ").toLowerCase() || null,
    accounts: ({ accounts }) => accounts,
    deviation: ({ spend }) => spend?.deviation ?? null,
    dataThrough: ({ data }) => data?.freshness.dataThrough ?? null,
    createdAt: ({ createdAt }) => createdAt,
  },
  words: ({ name, tags, ownerName }) => [name, ownerName ?? "", ...tags],
  order: (a, b) => urgencyOf(b) - urgencyOf(a),
};

/** Brands that are not archived, those in most need of a person first. */
export async function listWall(tx: TxCtx, query: ListQuery): Promise<ListResult<WallBrand>> {
  return windowOf(await readWall(tx), query, reading);
}

export async function getWallBrand(tx: TxCtx, id: string): Promise<WallBrand> {
  const brand = await getBrand(tx, id);
  if (brand.archivedAt) throw notFound("This brand");
  return wallBrand(tx, brand, await readFacts(tx, [brand]));
}

async function readWall(tx: TxCtx): Promise<WallBrand[]> {
  requireRead(tx, "brands.read", "anyBrand");
  const filters = [{ field: "archived", operator: "eq" as const, values: ["false"] }];
  const { items } = await listBrands(tx, { ...wholeList(mostBrands), filters });
  const facts = await readFacts(tx, items);
  return items.map((brand) => wallBrand(tx, brand, facts));
}

interface Facts {
  consents: Map<string, ConsentMap["brands"][number]>;
  data: Map<string, BrandData>;
  work: Map<string, WorkCounts>;
  /** By the connection they are about. */
  alerts: readonly OpenAlert[];
  undelivered: readonly { subject: OpenAlert["subject"] }[];
  accounts: Record<string, number>;
}

/** What each permission lets the actor know of the brands; what it does not stays unread. */
async function readFacts(tx: TxCtx, brands: readonly Brand[]): Promise<Facts> {
  const may = (permission: Parameters<TxCtx["can"]>[0]) => tx.can(permission, "anyBrand");
  const worked = brands.filter(({ id }) => tx.can("health.read", id)).map(({ id }) => id);
  const since = new Date(tx.now().getTime() - weekMs);
  const [consents, data, work, alerts, undelivered, accounts] = await Promise.all([
    may("connections.read") ? drawConsentMap(tx) : null,
    may("insights.read") ? readBrandData(tx) : new Map<string, BrandData>(),
    worked.length > 0 ? countWork(tx, worked, since) : new Map<string, WorkCounts>(),
    may("connections.read") ? openAlerts(tx) : [],
    may("health.read") ? failedDeliveries(tx) : [],
    may("accounts.read") ? countAccounts(tx) : {},
  ]);
  return {
    consents: new Map((consents?.brands ?? []).map((consent) => [consent.id, consent])),
    data,
    work,
    alerts,
    undelivered,
    accounts,
  };
}

function wallBrand(tx: TxCtx, brand: Brand, facts: Facts): WallBrand {
  const { id } = brand;
  const consent = facts.consents.get(id);
  const isOf = ({ subject }: { subject: OpenAlert["subject"] }) => isAbout(subject, id, consent);
  const data = facts.data.get(id);
  const counts = tx.can("insights.read", id);
  const signs = {
    consent: consent ? consentSign(consent, tx.now()) : null,
    data: counts ? freshnessSign(data) : null,
    spend: counts && tx.can("money.read", id) ? spendSign(data?.months ?? [], brand) : null,
    work: tx.can("health.read", id) ? workSign(facts.work.get(id), facts.undelivered.filter(isOf).length) : null,
    alerts: consent ? alertSign(facts.alerts.filter(isOf)) : null,
  };
  const accounts = tx.can("accounts.read", id) ? (facts.accounts[id] ?? 0) : null;
  return { ...brand, need: needOf(signs), accounts, ...signs };
}

/** Whether it is about the brand, one of its advertisers, or a connection that reaches one. */
function isAbout(
  { type, id }: OpenAlert["subject"],
  brandId: string,
  consent: ConsentMap["brands"][number] | undefined,
): boolean {
  if (type === "brand") return id === brandId;
  if (type === "account") return consent?.accounts.some((account) => account.id === id) ?? false;
  return type === "connection" && (consent?.grantors.some(({ connectionId }) => connectionId === id) ?? false);
}
