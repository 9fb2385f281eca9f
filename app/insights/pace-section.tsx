// How campaigns spend against the flight or budget that runs, those in most need of an eye first.
import { useLocation } from "@remix-run/react";
import type { SpendSign } from "#server/dashboards/contract";
import type { CampaignPace, PaceState } from "#server/insights/pace-contract";
import { Link } from "~/providers/router";
import { formatDay, formatMoney, formatPercent } from "~/ui/format";
import { Section } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
import { EmptyState } from "~/ui/states";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { TideLine } from "~/ui/tide-line";
import { Money } from "~/ui/values";
import { useView } from "~/ui/view";
import { maturityOf } from "./kpi-section";
import { keptSearch } from "./rows-path";

interface PaceSectionProps {
  paces: { items: CampaignPace[]; total: number };
  /** Whether this reader may not see money. */
  hidden: boolean;
  /** The brand's month against its budget; null on a campaign's page. */
  spend: SpendSign | null;
}

const paceWords: Record<PaceState, { signal: Signal; word: string }> = {
  spent: { signal: "problem", word: "Budget spent" },
  over: { signal: "attention", word: "Ahead of pace" },
  under: { signal: "attention", word: "Behind pace" },
  on_pace: { signal: "ok", word: "On pace" },
  early: { signal: "waiting", word: "Too early to say" },
  coming: { signal: "waiting", word: "Not begun" },
  ended: { signal: "off", word: "Ended" },
  no_budget: { signal: "off", word: "No budget to pace" },
};

export function PaceSection({ paces, hidden, spend }: PaceSectionProps) {
  const { items, total } = paces;
  return (
    <Section title="Pacing">
      {hidden ? (
        <EmptyState title="Money is hidden">
          Your role does not show money here; an owner or admin can give you one that does.
        </EmptyState>
      ) : (
        <>
          {spend ? <BrandMonth spend={spend} /> : null}
          {items.length > 0 ? (
            <Paces items={items} />
          ) : (
            <EmptyState title="Budgets will be paced here">No campaign is switched on.</EmptyState>
          )}
          <p className="tm-muted">
            An even pace over whole days of the account's zone that are over and reported; the projected end takes the
            last seven of them. Flights and budgets are as Amazon has them now.
            {items.length < total ? ` The ${items.length} furthest from their pace are shown, of ${total}.` : ""}
          </p>
        </>
      )}
    </Section>
  );
}

/** What the brand means to spend this month, and where it stands. */
function BrandMonth({ spend }: { spend: SpendSign }) {
  const { locale } = useView();
  const { budget, budgetCurrency, months, deviation } = spend;
  const month = months.find(({ currency }) => currency === budgetCurrency);
  if (!budget || !budgetCurrency || !month || month.counted === 0) return null;
  const money = (micros: bigint | string) => formatMoney(micros, budgetCurrency, { locale, decimals: 0 });
  const expected = (BigInt(budget) * BigInt(month.counted)) / BigInt(month.days);
  const ahead = BigInt(month.spent) - expected;
  const left = month.days - month.counted;
  return (
    <p>
      <strong>The brand's month:</strong> {money(month.spent)} of {money(budget)} spent in {month.counted} of{" "}
      {month.days} days, {money(expected)} expected by now: {aheadWords(ahead, money)}
      {deviation === null ? "" : ` (${formatPercent(deviation, { locale, decimals: 1, signed: true })})`}.{" "}
      {month.projected ? `At this rate ${money(month.projected)} at the month's end, ` : ""}
      {left} {left === 1 ? "day" : "days"} left, in {month.zone}.
    </p>
  );
}

const aheadWords = (ahead: bigint, money: (micros: bigint) => string): string =>
  ahead === 0n ? "even" : ahead > 0n ? `${money(ahead)} ahead` : `${money(-ahead)} behind`;

function Paces({ items }: { items: CampaignPace[] }) {
  return (
    <ScrollRegion className="tm-funnel tm-paces" name="Campaigns against their budgets">
      <table>
        <thead>
          <tr>
            <th scope="col">Campaign</th>
            <th scope="col">Pace</th>
            <th scope="col" className="tm-funnel-bars">
              Spent of budget
            </th>
            {["Spent", "Expected by now", "Ahead or behind", "Projected end", "Budget", "Days left"].map((title) => (
              <th key={title} scope="col" className="tm-numeric">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((pace) => (
            <PaceRow key={pace.id} pace={pace} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function PaceRow({ pace }: { pace: CampaignPace }) {
  const { locale } = useView();
  const { id, name, currency, budget, spent, expected, ahead, deviation, projected, daysLeft, gaps } = pace;
  const kept = keptSearch(useLocation().search);
  const { signal, word } = paceWords[pace.pace];
  const whole = (micros: string | null) => <Money micros={micros} currency={currency} show="code" decimals={0} />;
  const money = (micros: bigint) => formatMoney(micros, currency, { locale, decimals: 0 });
  return (
    <tr>
      <th scope="row">
        <div>
          <Link to={`/campaigns/${id}${kept}`}>{name}</Link>
        </div>
        <span className="tm-cell-note">{periodWords(pace, locale)}</span>
      </th>
      <td>
        <StatusTag signal={signal} why={gaps > 0 ? `${gaps} of the counted days have not come.` : null}>
          {word}
        </StatusTag>
      </td>
      <SpentBar {...{ budget, spent, expected }} />
      <td className="tm-numeric">
        <TideLine
          maturity={spent === null ? null : maturityOf({ settle: "traffic" }, pace.settled, pace.freshness)}
          edge="right"
        >
          {whole(spent)}
        </TideLine>
      </td>
      <td className="tm-numeric">{whole(expected)}</td>
      <td className="tm-numeric">
        {ahead === null ? whole(null) : aheadWords(BigInt(ahead), money)}
        {deviation === null ? null : (
          <span className="tm-cell-note">{formatPercent(deviation, { locale, decimals: 1, signed: true })}</span>
        )}
      </td>
      <td className="tm-numeric">{whole(projected)}</td>
      <td className="tm-numeric">{whole(budget)}</td>
      <td className="tm-numeric">{daysLeft ?? <span className="tm-muted">no end</span>}</td>
    </tr>
  );
}

function periodWords({ basis, flight, from, to, timeZone }: CampaignPace, locale: string): string {
  if (!from) return "no flight or budget of its own";
  const days = `${formatDay(from, { locale })} to ${to ? formatDay(to, { locale }) : "no end"}, ${timeZone}`;
  const words = { flight: flight ?? "Flight", month: "Budget of the month", campaign: "Budget of the campaign" };
  return `${basis ? words[basis] : ""}: ${days}`;
}

/** Spent of the budget, with a mark where an even pace would be. */
function SpentBar({ budget, spent, expected }: Pick<CampaignPace, "budget" | "spent" | "expected">) {
  const share = (micros: string | null) =>
    budget === null || micros === null || budget === "0" ? 0 : Math.min(1, Number(micros) / Number(budget)) * 100;
  return (
    <td className="tm-funnel-bars">
      <svg
        className="tm-pace-bar"
        role="img"
        aria-label={`${Math.round(share(spent))}% of the budget`}
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
      >
        <rect className="tm-pace-track" width="100" height="8" />
        <rect className="tm-pace-ok" width={share(spent)} height="8" />
        {expected === null ? null : (
          <rect className="tm-pace-mark" x={Math.min(99, share(expected))} width="1" height="8" />
        )}
      </svg>
    </td>
  );
}
