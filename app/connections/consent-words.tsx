// How well brands are covered, and how long consents last, in words.
import type { BrandConsent, Consent, Cover } from "#server/connections/consent-contract";
import { formatDay } from "~/ui/format";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";
import { isCutOff, plural } from "./words";

const coverWords: Record<Cover, { signal: Signal; word: string }> = {
  stranded: { signal: "problem", word: "No usable consent" },
  one_grantor: { signal: "attention", word: "One grantor" },
  covered: { signal: "ok", word: "Covered" },
  no_accounts: { signal: "off", word: "No accounts" },
};

export const coverOptions = Object.entries(coverWords).map(([value, { word }]) => ({ value, label: word }));

/** @param props.bare without the reason, where that is said beside it */
export function CoverTag({ brand, bare = false }: { brand: BrandConsent; bare?: boolean }) {
  const { signal, word } = coverWords[brand.cover];
  return (
    <StatusTag signal={signal} why={bare ? null : coverReason(brand)}>
      {word}
    </StatusTag>
  );
}

/** What the cover means for this brand. */
export function coverReason({ cover, accounts, stranded, hanging }: BrandConsent): string {
  const of = (count: number) => (count === accounts.length ? "" : ` ${count} of`);
  const all = accounts.length === 1 ? "its account" : `its ${accounts.length} accounts`;
  switch (cover) {
    case "stranded":
      return `No consent that can be used reaches${of(stranded)} ${all}: nothing new comes in.`;
    case "one_grantor":
      return `One person's consent alone reaches${of(hanging)} ${all}. If it ends, the data stops.`;
    case "covered":
      return `Every account has somebody who would take over at once.`;
    case "no_accounts":
      return "No advertiser is assigned to this brand yet.";
    default:
      return cover satisfies never;
  }
}

/** Names the invitation by how many grantors there are already. */
export const askWords = ({ usable }: BrandConsent): string =>
  usable === 0 ? "Invite a grantor" : usable === 1 ? "Invite a second grantor" : "Invite another grantor";

/** The same where the column already speaks of grantors. */
export const askBriefly = (brand: BrandConsent): string =>
  brand.usable === 0 ? askWords(brand) : askWords(brand).replace(/ grantor$/, "");

/** "2 accounts stop, 1 goes to another". */
export function withdrawalWords({ stops, moves }: Pick<Consent, "stops" | "moves">): string {
  const parts = [
    ...(stops > 0 ? [`${plural(stops, "account")} ${stops === 1 ? "stops" : "stop"}`] : []),
    ...(moves > 0 ? [`${stops > 0 ? moves : plural(moves, "account")} ${moves === 1 ? "moves" : "move"}`] : []),
  ];
  return parts.join(", ") || "Nothing stops";
}

const dayMs = 24 * 3_600_000;

/** Days before the end from which on it is said how many are left. */
const soonDays = 60;

/** The day a consent may end on, and how long that is. Amazon does not say; it is asked all the same. */
export function MayEnd({ at, none = "not known to end" }: { at: string | null; none?: string }) {
  const { locale, now } = useView();
  if (!at) return <span className="tm-muted">{none}</span>;
  const days = Math.ceil((Date.parse(at) - now.getTime()) / dayMs);
  const left = days > 0 ? `${plural(days, "day")} left` : "past its year";
  const day = formatDay(at.slice(0, 10), { locale });
  if (days > soonDays) return <span data-tip={left}>{day}</span>;
  return (
    <span className="tm-nowrap">
      {day} <span className="tm-muted">· {left}</span>
    </span>
  );
}

/** The same for a connection: a consent that cannot be used has no end to wait for. */
export function ConsentEnd({ connection: { state, consentExpiresAt } }: { connection: ConsentOf }) {
  if (isCutOff(state)) return <span className="tm-muted">{state === "disconnected" ? "not used" : "has ended"}</span>;
  return <MayEnd at={consentExpiresAt} />;
}

type ConsentOf = Pick<Consent, "state" | "consentExpiresAt">;

const scopeWords: Record<string, string> = {
  "advertising::campaign_management": "campaigns and reports",
  "advertising::audiences": "audiences",
  profile: "name and email",
};

/** Amazon's scopes, in words. */
export const scopesInWords = (scopes: readonly string[]): string => {
  const words = scopes.map((scope) => scopeWords[scope] ?? scope).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Who looks after a connection; somebody who can no longer sign in is flagged. */
export function Owner({ name, left }: { name: string | null; left: boolean }) {
  if (!left) return <>{name}</>;
  return (
    <StatusTag
      signal="attention"
      why="The owner can no longer sign in to this agency: nobody hears of it when the connection needs a person. Take it over."
    >
      {name ? `${name}, left` : "Left the agency"}
    </StatusTag>
  );
}
