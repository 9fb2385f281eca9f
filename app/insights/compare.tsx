import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { Select } from "antd";
import type { CampaignComparison, ComparedCampaign } from "#server/insights/compare-contract";
import type { MetricInfo } from "#server/insights/contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import { Link, useUrlParams } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { type ChartSeries, DataChart } from "~/ui/data-chart";
import { viewParams } from "~/ui/date-range";
import { Page, Section } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
import { EmptyState } from "~/ui/states";
import { TideLine } from "~/ui/tide-line";
import { useView } from "~/ui/view";
import { loadComparison } from "./compare.server";
import { ComparedPairs } from "./compared-pairs";
import { ConversionLine } from "./conversion-line";
import { maturityOf } from "./kpi-section";
import { axisText, chartText, isHidden, MetricFigure, metricNumber } from "./metric-value";
import { keptSearch } from "./rows-path";

export const meta: MetaFunction = () => [{ title: "Campaigns compared · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadComparison(args);
export const shouldRevalidate = keepsLoader("id", "metric", ...viewParams);
export const handle = { range: true, currency: true };

export default function Compare() {
  const { comparison, metrics } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Campaigns compared"
      description="Side by side over the same days, and which differences are more than chance."
      trail={[{ label: "Campaigns", to: "/campaigns" }]}
    >
      {comparison && comparison.campaigns.length > 1 ? (
        <Compared comparison={comparison} metrics={metrics} />
      ) : (
        <EmptyState title="Nothing to compare yet" action={<Link to="/campaigns">Choose campaigns</Link>}>
          Select two to six campaigns in the list, then Compare.
        </EmptyState>
      )}
    </Page>
  );
}

interface ComparedProps {
  comparison: CampaignComparison;
  metrics: MetricInfo[];
}

function Compared({ comparison, metrics }: ComparedProps) {
  const { locale } = useView();
  const [, setParams] = useUrlParams();
  const { campaigns, metric: id } = comparison;
  const metric = metrics.find((one) => one.id === id);
  if (!metric) return null;
  // What chance can explain is known of the dictionary's metrics.
  const offered = metrics.filter(
    (one) => !isOwnMetric(one.id) && campaigns.every(({ hidden }) => !isHidden(one, hidden)),
  );
  const currencies = [...new Set(campaigns.map(({ currency }) => currency))];
  const isMixed = metric.unit === "money" && currencies.length > 1;
  const isUntold = !offered.includes(metric);
  const [currency = ""] = currencies;
  const choice = (
    <Select
      aria-label="Metric that is compared"
      value={isUntold ? `${metric.label}, hidden` : id}
      onChange={(chosen: string) => setParams({ metric: chosen })}
      options={offered.map((one) => ({ value: one.id, label: one.label }))}
      popupMatchSelectWidth={200}
    />
  );
  return (
    <>
      <Section title="Day by day" side={choice}>
        {isUntold ? (
          <EmptyState title="Money is hidden">
            Your role does not show {metric.label} of all of these campaigns. Choose another metric.
          </EmptyState>
        ) : isMixed ? (
          <EmptyState title="Two currencies, no chart">
            {metric.label} is in {currencies.join(" and ")} here: money of two currencies is not drawn on one scale.
            Choose another metric, or one currency above.
          </EmptyState>
        ) : (
          <DataChart
            title={`${metric.label} by day and campaign`}
            name={`${metric.label} by day and campaign${metric.unit === "money" ? ` in ${currency}` : ""}`}
            {...(metric.unit === "money" ? { unit: currency } : {})}
            series={seriesOf(campaigns, metric)}
            format={chartText(metric, currency, locale)}
            formatAxis={axisText(metric, currency, locale)}
          />
        )}
      </Section>
      {isUntold ? null : (
        <Section title={`Does ${metric.label} differ?`}>
          <ComparedPairs comparison={comparison} metric={metric} />
        </Section>
      )}
      <Section title="All metrics">
        <SideBySide campaigns={campaigns} metrics={metrics} />
      </Section>
    </>
  );
}

const seriesOf = (campaigns: readonly ComparedCampaign[], metric: MetricInfo): ChartSeries[] =>
  campaigns.map(({ id, name, days, freshness }) => ({
    key: id,
    label: campaigns.filter((one) => one.name === name).length > 1 ? `${name} (${id.split(":")[1]})` : name,
    points: days.map(({ day, value }) => ({
      day,
      value: metricNumber(metric, value),
      partial: day === freshness.partialDay,
    })),
  }));

function SideBySide({ campaigns, metrics }: { campaigns: readonly ComparedCampaign[]; metrics: MetricInfo[] }) {
  const kept = keptSearch(useLocation().search);
  return (
    <ScrollRegion className="tm-funnel" name="Metrics of each campaign">
      <table>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            {campaigns.map(({ id, name, accountName, conversion }) => (
              <th key={id} scope="col" className="tm-numeric">
                <Link to={`/campaigns/${id}${kept}`}>{name}</Link>
                <span className="tm-cell-note">
                  {accountName}
                  <ConversionLine conversion={conversion} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => (
            <tr key={metric.id}>
              <th scope="row">{metric.label}</th>
              {campaigns.map(({ id, values, currency, hidden, settled, freshness }) => (
                <td key={id} className="tm-numeric">
                  <TideLine maturity={maturityOf(metric, settled, freshness)} edge="right">
                    <MetricFigure {...{ metric, currency, hidden }} value={values[metric.id]} show="code" />
                  </TideLine>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
