// A brand's or a campaign's numbers by supply, audience, product, place or device. What is split by stays in the URL.
import { useList } from "@refinedev/core";
import { Segmented, Select } from "antd";
import type { MetricInfo } from "#server/insights/contract";
import type { Breakdown, BreakdownTab } from "#server/insights/report-contract";
import type { ApiError } from "~/providers/data";
import { Link, useUrlParam } from "~/providers/router";
import type { ResolvedRange } from "~/ui/date-range";
import { formatPercent } from "~/ui/format";
import { Section } from "~/ui/page";
import { EmptyState, ErrorState } from "~/ui/states";
import { TableSkeleton } from "~/ui/table-skeleton";
import { Day } from "~/ui/values";
import { useView } from "~/ui/view";
import { BreakdownTable, columnsOf } from "./breakdown-table";
import { ConversionLine } from "./conversion-line";
import { filtersOf } from "./filters-of";
import { FreshnessLine } from "./freshness-line";
import { metricText } from "./metric-value";

export interface BreakdownsProps {
  tabs: BreakdownTab[];
  /** Whose numbers, and the currency their money is seen in: the API's filters. */
  of: ({ brandId: string } | { campaignId: string }) & { inCurrency?: string };
  range: ResolvedRange;
  /** What was paid in it is shown, where money is not converted. */
  currency: string;
  metrics: MetricInfo[];
}

export function Breakdowns({ tabs, of, range, currency, metrics }: BreakdownsProps) {
  const [by, setBy] = useUrlParam("by");
  const tab = tabs.find(({ dimensions }) => dimensions.some(({ id }) => id === by)) ?? tabs[0];
  const dimension = tab?.dimensions.find(({ id }) => id === by) ?? tab?.dimensions[0];
  if (!tab || !dimension) return null;
  return (
    <Section title="Breakdowns">
      <div className="tm-split-tools">
        <div className="tm-split-tabs">
          <Segmented
            aria-label="Break down by"
            value={tab.type}
            options={tabs.map(({ type, label }) => ({ value: type, label }))}
            onChange={(type) => setBy(tabs.find((one) => one.type === type)?.dimensions[0]?.id ?? null)}
          />
        </div>
        {tab.dimensions.length > 1 ? (
          <Select
            aria-label={`${tab.label} by`}
            value={dimension.id}
            onChange={(id: string) => setBy(id)}
            options={tab.dimensions.map(({ id, label }) => ({ value: id, label }))}
            popupMatchSelectWidth={180}
          />
        ) : null}
      </div>
      <Split key={dimension.id} {...{ tab, of, range, currency, metrics }} dimension={dimension} />
    </Section>
  );
}

type SplitProps = Omit<BreakdownsProps, "tabs"> & { tab: BreakdownTab; dimension: { id: string; label: string } };

function Split({ tab, dimension, of, range, currency, metrics }: SplitProps) {
  const { result, query } = useList<Breakdown, ApiError>({
    resource: "breakdowns",
    filters: filtersOf({ ...of, dimension: dimension.id }, range),
    pagination: { currentPage: 1, pageSize: 20 },
    queryOptions: { placeholderData: (before) => before },
    liveMode: "auto",
    errorNotification: false,
  });
  const inOne = result.data.find(({ conversion }) => conversion !== undefined);
  const breakdown = inOne ?? result.data.find((one) => one.currency === currency);
  if (query.isLoading) return <TableSkeleton columns={columnsOf(dimension.label, metrics)} rows={6} />;
  if (query.isError) {
    const retry = () => void query.refetch();
    return <ErrorState title="The breakdown could not be loaded" error={query.error as ApiError} onRetry={retry} />;
  }
  if (!breakdown || breakdown.rows.length === 0) return <Nothing breakdown={breakdown} label={tab.label} />;
  return (
    <div aria-busy={query.isFetching}>
      <BreakdownTable breakdown={breakdown} metrics={metrics} of={of} range={range} />
      <Words breakdown={breakdown} metrics={metrics} isAsked={of.inCurrency !== undefined} />
    </div>
  );
}

function Nothing({ breakdown, label }: { breakdown: Breakdown | undefined; label: string }) {
  const title = `${label} will be shown here`;
  const sync = <Link to="/sync">See data sync</Link>;
  if (breakdown?.refused) {
    return (
      <EmptyState title={`Amazon gives no report by ${label.toLowerCase()}`} action={sync}>
        {breakdown.refused} It is asked for once a day.
      </EmptyState>
    );
  }
  if (breakdown && breakdown.known.days > 0) {
    return <EmptyState title={title}>Nothing was delivered in these days.</EmptyState>;
  }
  return (
    <EmptyState title={title} action={sync}>
      The report has not come yet: Amazon is asked for it once a day, after the campaign report.
    </EmptyState>
  );
}

/** How current the rows are, and what they leave out. */
function Words({ breakdown, metrics, isAsked }: { breakdown: Breakdown; metrics: MetricInfo[]; isAsked: boolean }) {
  const { locale } = useView();
  const { by, total, covered, currency, known, period, days, freshness, settled, type, conversion } = breakdown;
  const metric = metrics.find(({ id }) => id === by);
  const gone = known.of - known.days;
  return (
    <p className="tm-split-words">
      <FreshnessLine freshness={freshness} settled={settled} />
      <ConversionLine conversion={conversion} />
      {period === "month" ? (
        <>
          <br />
          Amazon gives this report without days: whole months from <Day day={days.from} /> to <Day day={days.to} />.
          {isAsked ? ` No rate is of a whole month: its money is in ${currency}, as paid.` : null}
        </>
      ) : null}
      {metric && covered !== null ? (
        <>
          <br />
          The rows add up to {metricText({ metric, value: total[by], currency }, locale)}, which covers{" "}
          {formatPercent(covered, { locale, decimals: 1 })} of the {metric.label.toLowerCase()} of the campaign report.
          {type === "audience" && covered > 1 ? " One ad can count for several audiences." : null}
        </>
      ) : null}
      {gone > 0 ? (
        <>
          <br />
          {known.days} of {known.of} days are here; <Link to="/sync">data sync</Link> says why the others are not.
        </>
      ) : null}
    </p>
  );
}
