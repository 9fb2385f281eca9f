// Changes in words: fields, values in the account's currency and zone, states as a sign with a word.
import { type ChangeField, type ChangeItem, type ChangeSet, notSent } from "#server/insights/change-contract";
import { dayOfMoment, decimalOfMicros, formatDay, formatMoney } from "~/ui/format";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";

export const fieldWords: Record<ChangeField, string> = {
  name: "Name",
  state: "State",
  budget: "Budget",
  baseBid: "Base bid",
  startsAt: "Start",
  endsAt: "End",
};

export const stateWords: Record<string, string> = { ENABLED: "Enabled", PAUSED: "Paused", ARCHIVED: "Archived" };

/** The day of a moment in a zone, as date fields hold it. */
export const dayIn = (moment: string | null | undefined, zone: string): string =>
  moment ? dayOfMoment(new Date(moment), zone) : "";

export interface ValuePlace {
  currency: string;
  timeZone: string;
  locale: string;
}

/** One value as text. */
export function valueWords(field: ChangeField, value: string | null | undefined, place: ValuePlace): string {
  if (value === null || value === undefined) return "none";
  switch (field) {
    case "name":
      return value;
    case "state":
      return stateWords[value] ?? value;
    case "budget":
    case "baseBid":
      return formatMoney(value, place.currency, { locale: place.locale, show: "code" });
    case "startsAt":
    case "endsAt":
      return formatDay(dayIn(value, place.timeZone), { locale: place.locale });
    default:
      return field satisfies never;
  }
}

/** An amount as it is typed: without groups, with the currency's own decimals. */
export function amountText(micros: string | null): string {
  if (micros === null) return "";
  const [whole = "0", fraction = ""] = decimalOfMicros(micros).split(".");
  return fraction === "" ? whole : `${whole}.${fraction.padEnd(2, "0")}`;
}

interface Word {
  signal: Signal;
  word: string;
}

const itemWords: Record<ChangeItem["state"], Word> = {
  waiting: { signal: "waiting", word: "Waits" },
  sending: { signal: "working", word: "Sent, no answer yet" },
  applied: { signal: "ok", word: "Applied" },
  refused: { signal: "problem", word: "Refused" },
  unsure: { signal: "attention", word: "Unsure" },
  skipped: { signal: "attention", word: "Skipped" },
};

const unsent: Word = { signal: "problem", word: "Not sent" };

export function ItemTag({ state, code }: Pick<ChangeItem, "state" | "code">) {
  const { signal, word } = state === "refused" && notSent.includes(code) ? unsent : itemWords[state];
  return <StatusTag signal={signal}>{word}</StatusTag>;
}

export const setWords: Record<ChangeSet["state"], Word> = {
  draft: { signal: "waiting", word: "Draft" },
  applying: { signal: "working", word: "Being applied" },
  applied: { signal: "ok", word: "Applied" },
  partly: { signal: "attention", word: "Partly applied" },
  failed: { signal: "problem", word: "Not applied" },
  discarded: { signal: "off", word: "Discarded" },
};

export function SetTag({ state }: { state: ChangeSet["state"] }) {
  const { signal, word } = setWords[state];
  return <StatusTag signal={signal}>{word}</StatusTag>;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** "Budget 100.00 USD → 120.00 USD", a line a field; what Amazon holds now where that is neither. */
export function ChangeLines({ item }: { item: ChangeItem }) {
  const { locale } = useView();
  const { before, after, current, currency, timeZone } = item;
  const words = (field: ChangeField, value: string | null | undefined) =>
    valueWords(field, value, { currency, timeZone, locale });
  const isOpen = item.setState === "draft" || item.state === "skipped" || item.state === "unsure";
  return (
    <ul className="tm-change-lines">
      {(Object.keys(after) as ChangeField[]).map((field) => {
        const moved = isOpen && current[field] !== undefined && current[field] !== before[field];
        return (
          <li key={field}>
            <span className="tm-muted">{fieldWords[field]}</span> {words(field, before[field])}{" "}
            <span aria-hidden="true">→</span>
            <span className="tm-unseen">to</span> <strong>{words(field, after[field])}</strong>
            {moved ? <div className="tm-change-now">Amazon holds now: {words(field, current[field])}</div> : null}
          </li>
        );
      })}
    </ul>
  );
}
