// The signs of one brand, each an icon with a word that leads to where it is mended.
import type { MonthSum, SpendSign, WallBrand } from "#server/dashboards/contract";
import { Link } from "~/providers/router";
import { StatusTag } from "~/ui/status-tag";
import { TideLine } from "~/ui/tide-line";
import { Money } from "~/ui/values";
import { alertWords, consentWords, dataWords, paceWords, type SignWords, workWords } from "./wall-words";

export interface SignLine {
  key: "consent" | "data" | "spend" | "work" | "alerts";
  label: string;
  words: SignWords;
}

/** Those the reader may see. */
export function signLines(brand: WallBrand, locale: string): SignLine[] {
  const { id, consent, data, spend, work, alerts } = brand;
  return [
    ...(consent ? [{ key: "consent" as const, label: "Consent", words: consentWords(id, consent, locale) }] : []),
    ...(data ? [{ key: "data" as const, label: "Data", words: dataWords(id, data, locale) }] : []),
    ...(spend ? [{ key: "spend" as const, label: "Pace", words: paceWords(id, spend, locale) }] : []),
    ...(work ? [{ key: "work" as const, label: "Work", words: workWords(id, work) }] : []),
    ...(alerts ? [{ key: "alerts" as const, label: "Alerts", words: alertWords(alerts) }] : []),
  ];
}

export function SignLink({ words: { signal, word, why, to } }: { words: SignWords }) {
  return (
    <Link to={to} className="tm-sign" data-tip={why || undefined}>
      <StatusTag signal={signal}>{word}</StatusTag>
      {why ? <span className="tm-unseen">: {why}</span> : null}
    </Link>
  );
}

/** What was spent this month, one sum a currency, each over its tide line. */
export function SpentSums({ spend, edge = "under" }: { spend: SpendSign; edge?: "under" | "right" }) {
  if (spend.months.length === 0) return <span className="tm-muted">nothing yet</span>;
  return (
    <>
      {spend.months.map((month) => (
        <SpentSum key={month.currency} month={month} edge={edge} />
      ))}
    </>
  );
}

function SpentSum({ month, edge }: { month: MonthSum; edge: "under" | "right" }) {
  const { through, zone, settled, spent, currency } = month;
  const maturity = through ? { settled, dataTo: through, zone } : null;
  return (
    <TideLine maturity={maturity} edge={edge}>
      <Money micros={through ? spent : null} currency={currency} show="code" decimals={0} />
    </TideLine>
  );
}

/** Spent of the budget as a bar, with a mark where the month is. */
export function PaceBar({ spend }: { spend: SpendSign }) {
  const { spentShare, daysShare, budget, budgetCurrency, months } = spend;
  if (spentShare === null || daysShare === null || budget === null || !budgetCurrency) return null;
  const percent = (share: number) => `${Math.min(100, Math.round(share * 1000) / 10)}%`;
  const label = `${percent(spentShare)} of the budget spent, ${percent(daysShare)} of the month counted`;
  return (
    <div className="tm-pace">
      <svg className="tm-pace-bar" role="img" aria-label={label} viewBox="0 0 100 8" preserveAspectRatio="none">
        <rect className="tm-pace-track" width="100" height="8" />
        <rect className={`tm-pace-${spend.signal}`} width={Math.min(100, spentShare * 100)} height="8" />
        <rect className="tm-pace-mark" x={Math.min(99, daysShare * 100)} width="1" height="8" />
      </svg>
      <p className="tm-muted">
        of <Money micros={budget} currency={budgetCurrency} show="code" decimals={0} />
        {months[0]?.projected ? (
          <>
            {" "}
            · month end at this rate{" "}
            <Money micros={months[0].projected} currency={budgetCurrency} show="none" decimals={0} />
          </>
        ) : null}
      </p>
    </div>
  );
}
