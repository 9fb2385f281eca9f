// How money was made one currency's: stands beside converted numbers.
import type { Section } from "#server/insights/contract";
import { afterDot } from "~/ui/format";
import { Day } from "~/ui/values";

const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "");
const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

export function ConversionLine({ conversion }: Pick<Section, "conversion">) {
  if (!conversion) return null;
  const { to, from, missingDays, missing, oldestAge, rates } = conversion;
  if (from.length === 0)
    return (
      <span className="tm-muted">
        {afterDot}all of it is {to} natively
      </span>
    );
  return (
    <span className="tm-muted">
      {afterDot}
      {listed(from)} converted to {to} at each day's rate
      {rates ? (
        <>
          {" "}
          (<RateDays {...rates} />)
        </>
      ) : null}
      {oldestAge > 0 ? `, the oldest ${days(oldestAge)} before its day` : ""}
      {missing ? (
        <strong>
          , {days(missingDays)} missing: no rate of {missing.currency} on or before <Day day={missing.day} />
          {missing.until === missing.day ? null : (
            <>
              {" "}
              and until <Day day={missing.until} />
            </>
          )}
          , so no sum of money is shown
        </strong>
      ) : null}
    </span>
  );
}

/** The days that the rates are of. */
function RateDays({ from, to }: { from: string; to: string }) {
  if (from === to) return <Day day={from} />;
  return (
    <>
      <Day day={from} /> to <Day day={to} />
    </>
  );
}
