// "Data as of", with the zone of its days: stands beside every set of numbers.
import type { Freshness, SettledByRule } from "#server/insights/contract";
import { afterDot } from "~/ui/format";
import { Time } from "~/ui/time";
import { Day } from "~/ui/values";

export function FreshnessLine({ freshness, settled }: { freshness: Freshness; settled?: SettledByRule }) {
  const { syncedAt, dataThrough, zones, partialDay } = freshness;
  if (!syncedAt || !dataThrough) return <span className="tm-muted">No data from Amazon yet</span>;
  return (
    <span className="tm-muted">
      Data as of <Time at={syncedAt} />, to <Day day={dataThrough} />, days in <Zones zones={zones} />
      {partialDay ? (
        <>
          {afterDot}
          <Day day={partialDay} year={false} /> is not over
        </>
      ) : null}
      {settled ? <SettlingWords settled={settled} /> : null}
    </span>
  );
}

const FEW = 2;

function Zones({ zones }: Pick<Freshness, "zones">) {
  if (zones.length <= FEW) return <>{zones.join(" and ")}</>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what it says on hover must be there for the keyboard
    <span className="tm-tipped" tabIndex={0} data-tip={zones.join(", ")}>
      {zones.length} zones<span className="tm-unseen">: {zones.join(", ")}</span>
    </span>
  );
}

function SettlingWords({ settled: { traffic, conversions } }: { settled: SettledByRule }) {
  if (!traffic.until && !conversions.until) return <>{afterDot}final</>;
  return (
    <>
      {afterDot}settling:{" "}
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
