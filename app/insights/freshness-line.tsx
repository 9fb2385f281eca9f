// "Data as of", with the zone of its days: stands beside every set of numbers.
import type { Freshness, SettledByRule } from "#server/insights/contract";
import { Time } from "~/ui/time";
import { Day } from "~/ui/values";

export function FreshnessLine({ freshness, settled }: { freshness: Freshness; settled?: SettledByRule }) {
  const { syncedAt, dataThrough, zones, partialDay } = freshness;
  if (!syncedAt || !dataThrough) return <span className="tm-muted">No data from Amazon yet</span>;
  return (
    <span className="tm-muted">
      Data as of <Time at={syncedAt} />, to <Day day={dataThrough} />, days in {zones.join(" and ")}
      {partialDay ? (
        <>
          {" "}
          · <Day day={partialDay} year={false} /> is not over
        </>
      ) : null}
      {settled ? <SettlingWords settled={settled} /> : null}
    </span>
  );
}

function SettlingWords({ settled: { traffic, conversions } }: { settled: SettledByRule }) {
  if (!traffic.until && !conversions.until) return <> · final</>;
  return (
    <>
      {" "}
      · settling:{" "}
      {traffic.until ? (
        <>
          traffic until <Day day={traffic.until} />
          {conversions.until ? ", " : ""}
        </>
      ) : null}
      {conversions.until ? (
        <>
          conversions until <Day day={conversions.until} />
        </>
      ) : null}
    </>
  );
}
