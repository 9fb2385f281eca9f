// Whose consent each brand hangs on, what would stop without it, and who would take over. Advertisers count: they are what
// numbers are read from.
import type { TxCtx } from "../core/context";
import { canRead, isUsable, rank } from "./choose-connection";
import type { BrandConsent, Consent, Cover, CoveredAccount } from "./consent-contract";
import { type MappedAccount, type MappedConsent, mappedAccounts, mappedBrands, mappedConsents } from "./consent-store";
import { type Reaching, reachingConnections } from "./reach-store";

/** An advertiser with the connections that can read it, the present one first. */
interface Held {
  account: MappedAccount;
  readers: Reaching[];
  /** Those that reach it but cannot be used now. */
  lost: Reaching[];
}

export interface ConsentMap {
  brands: BrandConsent[];
  consents: Consent[];
}

export async function drawConsentMap(tx: TxCtx): Promise<ConsentMap> {
  const [brands, accounts, consents] = [await mappedBrands(tx), await mappedAccounts(tx), await mappedConsents(tx)];
  const found = await reachingConnections(
    tx,
    accounts.map(({ id }) => id),
  );
  const reaching = grouped(found, ({ accountId }) => accountId);
  const held = accounts.map((account) => hold(account, reaching.get(account.id) ?? []));
  const ends = new Map(consents.map((one) => [one.id, one.consentExpiresAt]));
  const byBrand = grouped(held, ({ account }) => account.brandId);
  const byFirst = grouped(held, ({ readers: [first] }) => first?.connectionId);
  const backups = new Map<string, number>();
  for (const { readers } of held) {
    for (const { connectionId } of readers.slice(1)) backups.set(connectionId, (backups.get(connectionId) ?? 0) + 1);
  }
  return {
    brands: brands.map((brand) => ofBrand(brand, byBrand.get(brand.id) ?? [], ends)),
    consents: consents.map((consent) => ({
      ...ofConsent(consent, byFirst.get(consent.id) ?? []),
      backup: backups.get(consent.id) ?? 0,
    })),
  };
}

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function hold(account: MappedAccount, reaching: readonly Reaching[]): Held {
  const ranked = rank(reaching).filter(canRead);
  const present = ranked.filter(({ connectionId }) => connectionId === account.connectionId);
  return {
    account,
    readers: [...present, ...ranked.filter((one) => !present.includes(one))],
    lost: reaching.filter(({ state }) => !isUsable(state)),
  };
}

const named = ({ connectionId, name }: Reaching) => ({ id: connectionId, name });

function ofBrand(
  brand: { id: string; name: string },
  held: readonly Held[],
  ends: ReadonlyMap<string, Date | null>,
): BrandConsent {
  const usable = new Set(held.flatMap(({ readers }) => readers.map(({ connectionId }) => connectionId)));
  const moments = [...usable].flatMap((id) => ends.get(id) ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    ...brand,
    cover: coverOf(held),
    usable: usable.size,
    grantors: grantorsOf(held),
    accounts: held.map(coveredAccount),
    hanging: held.filter(({ readers }) => readers.length === 1).length,
    stranded: held.filter(({ readers }) => readers.length === 0).length,
    endsAt: moments[0]?.toISOString() ?? null,
  };
}

function coverOf(held: readonly Held[]): Cover {
  if (held.length === 0) return "no_accounts";
  const least = Math.min(...held.map(({ readers }) => readers.length));
  return least === 0 ? "stranded" : least === 1 ? "one_grantor" : "covered";
}

const coveredAccount = ({ account: { id, name, region }, readers: [first, ...others] }: Held): CoveredAccount => ({
  id,
  name,
  region,
  readThrough: first ? named(first) : null,
  backups: others.map(named),
});

function grantorsOf(held: readonly Held[]): BrandConsent["grantors"] {
  const found = new Map<string, BrandConsent["grantors"][number]>();
  const note = (one: Reaching, part: "primary" | "backup" | null) => {
    const { connectionId, name, state } = one;
    const grantor = found.get(connectionId) ?? { connectionId, name, state, primary: 0, backup: 0 };
    if (part) grantor[part] += 1;
    found.set(connectionId, grantor);
  };
  for (const { readers } of held) {
    for (const [index, one] of readers.entries()) note(one, index === 0 ? "primary" : "backup");
  }
  for (const { lost } of held) for (const one of lost) note(one, null);
  return [...found.values()].sort((a, b) => b.primary - a.primary || b.backup - a.backup || (a.name < b.name ? -1 : 1));
}

/** @param readHere the accounts that are read through it */
function ofConsent(consent: MappedConsent, readHere: readonly Held[]): Omit<Consent, "backup"> {
  const accounts = readHere.map(({ account, readers: [, next] }) => ({
    id: account.id,
    name: account.name,
    brand: account.brandId && account.brandName !== null ? { id: account.brandId, name: account.brandName } : null,
    next: next ? named(next) : null,
  }));
  const brands = new Map(accounts.flatMap(({ brand }) => (brand ? [[brand.id, brand] as const] : [])));
  const stops = accounts.filter(({ next }) => next === null).length;
  return {
    id: consent.id,
    name: consent.amazonUserName,
    email: consent.amazonUserEmail,
    region: consent.region,
    state: consent.state,
    stateReason: consent.stateReason,
    scopes: consent.scopes,
    ownerName: consent.ownerName,
    ownerLeft: consent.ownerState !== "active",
    consentedAt: consent.consentedAt.toISOString(),
    consentExpiresAt: consent.consentExpiresAt?.toISOString() ?? null,
    accounts,
    brands: [...brands.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    stops,
    moves: accounts.length - stops,
  };
}
