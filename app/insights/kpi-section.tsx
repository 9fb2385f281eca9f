// Tiles and the daily chart of one section: a campaign's, or a brand's in one currency.
import { Segmented, Select } from "antd";
import type { Freshness, MetricInfo, SettledByRule, Section as Sums } from "#server/insights/contract";
import { useUrlParams } from "~/providers/router";
import { type ChartSeries, DataChart } from "~/ui/data-chart";
import type { ResolvedRange } from "~/ui/date-range";
import { useRangeWords } from "~/ui/date-range-picker";
import { deltaOf } from "~/ui/format";
import { KpiRow, KpiTile } from "~/ui/kpi-tile";
import { Section } from "~/ui/page";
import { useView } from "~/ui/view";
import { FreshnessLine } from "./freshness-line";
import { axisText, chartText, MetricFigure, metricNumber, metricText } from "./metric-value";

export interface SectionProps {
  section: Sums;
  metrics: MetricInfo[];
  range: ResolvedRange;
  freshness: Freshness;
  settled: SettledByRule;
}

export const metricsOf = (section: Sums, metrics: MetricInfo[]): MetricInfo[] =>
  section.kpis.flatMap(({ id }) => metrics.find((metric) => metric.id === id) ?? []);

const zoneWords = (zones: string[]) => (zones.length > 2 ? `${zones.length} zones` : zones.join(" and "));

/** What the tide line says of a metric. */
export const maturityOf = ({ settle }: Pick<MetricInfo, "settle">, settled: SettledByRule, freshness: Freshness) => ({
  settled: settled[settle].share,
  ...(freshness.dataThrough ? { dataTo: freshness.dataThrough } : {}),
  ...(freshness.zones.length > 0 ? { zone: zoneWords(freshness.zones) } : {}),
});

export function KpiTiles({ section, metrics, range, freshness, settled }: SectionProps) {
  return (
    <KpiRow asOf={<FreshnessLine freshness={freshness} settled={settled} />}>
      {metricsOf(section, metrics).map((metric) => (
        <Tile key={metric.id} metric={metric} {...{ section, range, freshness, settled }} />
      ))}
    </KpiRow>
  );
}

type TileProps = Omit<SectionProps, "metrics"> & { metric: MetricInfo };

export function Tile({ metric, section, range, freshness, settled }: TileProps) {
  const { locale } = useView();
  const words = useRangeWords();
  const { currency, days, kpis } = section;
  const kpi = kpis.find(({ id }) => id === metric.id);
  const value = kpi?.value ?? null;
  const previous = kpi?.previous ?? null;
  const known = days.some((day) => day.values !== null);
  const compared = range.compared
    ? {
        delta: deltaOf(metricNumber(metric, value), metricNumber(metric, previous)),
        previous: previous === null ? null : metricText({ metric, value: previous, currency }, locale),
        comparedWith: words(range.previous),
      }
    : {};
  return (
    <KpiTile
      label={metric.label}
      definition={`${metric.definition} Amazon: ${metric.amazon}.`}
      value={known ? <MetricFigure metric={metric} value={value} currency={currency} /> : null}
      better={metric.better ?? "neither"}
      maturity={maturityOf(metric, settled, freshness)}
      trend={days.map((day) => metricNumber(metric, day.values?.[metric.id]))}
      settledCount={days.filter((day) => day.settled[metric.settle]).length}
      {...compared}
    />
  );
}

type ChartProps = Pick<SectionProps, "section" | "metrics" | "range" | "freshness">;

export function DailyChart({ section, metrics, range, freshness }: ChartProps) {
  const { locale } = useView();
  const [params, setParams] = useUrlParams();
  const offered = metricsOf(section, metrics);
  const metric = offered.find(({ id }) => id === params.get("metric")) ?? offered[0];
  if (!metric) return null;
  const choice = (
    <Select
      aria-label="Metric of the chart"
      value={metric.id}
      onChange={(id: string) => setParams({ metric: id })}
      options={offered.map(({ id, label }) => ({ value: id, label }))}
      popupMatchSelectWidth={200}
    />
  );
  return (
    <Section title="Day by day" side={choice}>
      <DataChart
        title={`${metric.label} by day`}
        name={`${metric.label} by day${metric.unit === "money" ? ` in ${section.currency}` : ""}`}
        {...(metric.unit === "money" ? { unit: section.currency } : {})}
        series={seriesOf({ metric, section, range, freshness })}
        format={chartText(metric, section.currency, locale)}
        formatAxis={axisText(metric, section.currency, locale)}
      />
    </Section>
  );
}

type SeriesInput = Omit<ChartProps, "metrics"> & { metric: MetricInfo };

function seriesOf({ metric, section: { days, previousDays }, range, freshness }: SeriesInput): ChartSeries[] {
  const current: ChartSeries = {
    key: "current",
    label: metric.label,
    points: days.map(({ day, values, settled }) => ({
      day,
      value: metricNumber(metric, values?.[metric.id]),
      settled: settled[metric.settle],
      partial: day === freshness.partialDay,
    })),
  };
  if (!range.compared || previousDays.every((day) => day.values === null)) return [current];
  // The n-th day before is drawn under the n-th day.
  const points = days.map(({ day }, index) => ({
    day,
    value: metricNumber(metric, previousDays[index]?.values?.[metric.id]),
  }));
  return [current, { key: "previous", label: "Previous period", dashed: true, points }];
}

/** Which currency's section is shown, where there are several: money of two is never added. */
export function useCurrencySection(sections: Sums[]) {
  const [params, setParams] = useUrlParams();
  const section = sections.find(({ currency }) => currency === params.get("currency")) ?? sections[0];
  const choice =
    sections.length > 1 && section ? (
      <Segmented
        aria-label="Currency"
        options={sections.map(({ currency }) => currency)}
        value={section.currency}
        onChange={(currency) => setParams({ currency: String(currency) })}
      />
    ) : null;
  return { section, choice };
}
