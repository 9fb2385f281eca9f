import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { type Reading, windowOf } from "../core/window-list";
import { isUsable } from "./choose-connection";
import type { BrandConsent, Consent, ConsentRequest, ConsentSummary, Cover } from "./consent-contract";
import { drawConsentMap } from "./consent-map";
import { mappedAccounts, mappedBrands } from "./consent-store";
import { Region } from "./contract";

const soonMs = 30 * 24 * 3_600_000;

const urgency: Record<Cover, number> = { stranded: 0, one_grantor: 1, covered: 2, no_accounts: 3 };

const brandReading: Reading<BrandConsent> = {
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    cover: ({ cover }) => cover,
    grantor: ({ grantors }) => grantors.map(({ connectionId }) => connectionId),
  },
  sorts: {
    name: ({ name }) => name.toLowerCase(),
    cover: ({ cover }) => urgency[cover],
    usable: ({ usable }) => usable,
    accounts: ({ accounts }) => accounts.length,
    endsAt: ({ endsAt }) => endsAt,
  },
  words: ({ name, accounts, grantors }) => [
    name,
    ...accounts.map((one) => one.name),
    ...grantors.map((one) => one.name),
  ],
  order: (a, b) => urgency[a.cover] - urgency[b.cover],
};

const consentReading: Reading<Consent> = {
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    state: ({ state }) => state,
    ownerLeft: ({ ownerLeft }) => String(ownerLeft),
    brandId: ({ brands }) => brands.map(({ id }) => id),
  },
  sorts: {
    name: ({ name }) => name.toLowerCase(),
    state: ({ state }) => state,
    stops: ({ stops }) => stops,
    accounts: ({ accounts }) => accounts.length,
    consentedAt: ({ consentedAt }) => consentedAt,
    consentExpiresAt: ({ consentExpiresAt }) => consentExpiresAt,
  },
  words: ({ name, email, ownerName, brands }) => [name, email ?? "", ownerName ?? "", ...brands.map((one) => one.name)],
  order: (a, b) => b.stops - a.stops || b.accounts.length - a.accounts.length,
};

/** The brands and who they hang on, those in danger first. */
export async function listBrandConsents(tx: TxCtx, query: ListQuery): Promise<ListResult<BrandConsent>> {
  requireRead(tx, "connections.read", "anyBrand");
  const { brands } = await drawConsentMap(tx);
  return windowOf(brands, query, brandReading);
}

export async function getBrandConsent(tx: TxCtx, id: string): Promise<BrandConsent> {
  requireRead(tx, "connections.read", "anyBrand");
  const { brands } = await drawConsentMap(tx);
  const found = brands.find((brand) => brand.id === id);
  if (!found) throw notFound("The brand");
  return found;
}

/** The consents and what hangs on each, of the accounts the actor may see; those most would stop with first. */
export async function listConsents(tx: TxCtx, query: ListQuery): Promise<ListResult<Consent>> {
  requireRead(tx, "connections.read", "anyBrand");
  const { consents } = await drawConsentMap(tx);
  return windowOf(consents, query, consentReading);
}

export async function getConsent(tx: TxCtx, id: string): Promise<Consent> {
  requireRead(tx, "connections.read", "anyBrand");
  const { consents } = await drawConsentMap(tx);
  const found = consents.find((consent) => consent.id === id);
  if (!found) throw notFound("The consent");
  return found;
}

/** What a person should know of the consents at a glance. */
export async function summarizeConsents(tx: TxCtx): Promise<ConsentSummary> {
  requireRead(tx, "connections.read", "anyBrand");
  const { brands, consents } = await drawConsentMap(tx);
  const soon = tx.now().getTime() + soonMs;
  const inUse = consents.filter(({ state }) => isUsable(state));
  const covered = (cover: Cover) => brands.filter((brand) => brand.cover === cover).length;
  return {
    brands: brands.length - covered("no_accounts"),
    stranded: covered("stranded"),
    oneGrantor: covered("one_grantor"),
    ending: inUse.filter(({ consentExpiresAt: at }) => at !== null && Date.parse(at) <= soon).length,
    ownersLeft: inUse.filter(({ ownerLeft }) => ownerLeft).length,
  };
}

/** What somebody who is asked to consent for these brands should be able to see at Amazon; unknown brands are left out. */
export async function describeConsentRequest(tx: TxCtx, brandIds: readonly string[]): Promise<ConsentRequest> {
  const brands = (await mappedBrands(tx)).filter(({ id }) => brandIds.includes(id));
  const wanted = new Set(brands.map(({ id }) => id));
  const accounts = (await mappedAccounts(tx)).filter(({ brandId }) => brandId !== null && wanted.has(brandId));
  const counted = Region.options.map((region) => ({
    region,
    count: accounts.filter((account) => account.region === region).length,
  }));
  const most = counted.reduce((best, one) => (one.count > best.count ? one : best));
  return {
    brands,
    accounts: accounts.map(({ name, region }) => ({ name, region })),
    region: most.count > 0 ? most.region : null,
  };
}
