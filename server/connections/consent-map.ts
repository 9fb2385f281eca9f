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
  const reaching = new Map<string, Reaching[]>();
  for (const one of await reachingConnections(
    tx,
    accounts.map(({ id }) => id),
  )) {
    const known = reaching.get(one.accountId);
    if (known) known.push(one);
    else reaching.set(one.accountId, [one]);
  }
  const held = accounts.map((account) => hold(account, reaching.get(account.id) ?? []));
  const ends = new Map(consents.map((one) => [one.id, one.consentExpiresAt]));
  return {
    brands: brands.map((brand) =>
      ofBrand(
        brand,
        held.filter(({ account }) => account.brandId === brand.id),
        ends,
      ),
    ),
    consents: consents.map((consent) => ofConsent(consent, held)),
  };
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

function ofConsent(consent: MappedConsent, held: readonly Held[]): Consent {
  const readHere = held.filter(({ readers }) => readers[0]?.connectionId === consent.id);
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
    backup: held.filter(({ readers }) => readers.slice(1).some((one) => one.connectionId === consent.id)).length,
    brands: [...brands.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    stops,
    moves: accounts.length - stops,
  };
}
