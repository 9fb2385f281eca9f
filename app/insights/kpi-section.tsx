// Tiles and the daily chart of one section: a campaign's, or a brand's in one currency.
import { useLocation } from "@remix-run/react";
import { Segmented, Select } from "antd";
import type { Freshness, Kpi, MetricInfo, SettledByRule, Section as Sums } from "#server/insights/contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import type { MetricValue } from "#server/insights/metrics";
import { useUrlParams } from "~/providers/router";
import { type ChartSeries, DataChart, type DataChartProps } from "~/ui/data-chart";
import type { ResolvedRange } from "~/ui/date-range";
import { useRangeWords } from "~/ui/date-range-picker";
import { deltaOf } from "~/ui/format";
import { KpiRow, KpiTile } from "~/ui/kpi-tile";
import { Section } from "~/ui/page";
import { useView } from "~/ui/view";
import { Annotated } from "./annotations";
import { ConversionLine } from "./conversion-line";
import { isConverted } from "./converted";
import { FreshnessLine } from "./freshness-line";
import { axisText, chartText, isHidden, MetricFigure, metricNumber, metricText, roundText } from "./metric-value";
import type { NoteOf } from "./note-drawer";
import { type RowsOf, rowsPath } from "./rows-path";

export interface SectionProps {
  section: Sums;
  metrics: MetricInfo[];
  range: ResolvedRange;
  freshness: Freshness;
  settled: SettledByRule;
  /** What the numbers are of: each leads to its rows. */
  of?: RowsOf;
}

export const metricsOf = (section: Sums, metrics: MetricInfo[]): MetricInfo[] =>
  section.kpis.flatMap(({ id }) => metrics.find((metric) => metric.id === id) ?? []);

const zoneWords = (zones: string[]) => (zones.length > 2 ? `${zones.length} zones` : zones.join(" and "));

/** What the tide line says of a tile: what is settled, and the 80% band of the final value. */
function maturityOfKpi(metric: MetricInfo, kpi: Kpi | undefined, { freshness, settled, currency, locale }: KpiContext) {
  const byDays = maturityOf(metric, settled, freshness);
  if (!kpi) return byDays;
  const { settled: share, band80, expected } = kpi.maturity;
  if (!band80) return { ...byDays, settled: share };
  const text = (value: MetricValue) => roundText({ metric, value, currency }, locale);
  const [low, high] = band80.map((value) => metricNumber(metric, value) ?? 0);
  const isNarrow = low === undefined || high === undefined || high - low < high / 1000;
  const words = isNarrow ? text(expected) : `${text(band80[0])}–${text(band80[1])}`;
  return { ...byDays, settled: share, expected: words };
}

interface KpiContext {
  freshness: Freshness;
  settled: SettledByRule;
  currency: string;
  locale: string;
}

/** What the tide line says of a metric whose growth is not known: the share of days that are settled. */
export const maturityOf = ({ settle }: Pick<MetricInfo, "settle">, settled: SettledByRule, freshness: Freshness) => ({
  settled: settled[settle].share,
  ...(freshness.dataThrough ? { dataTo: freshness.dataThrough } : {}),
  ...(freshness.zones.length > 0 ? { zone: zoneWords(freshness.zones) } : {}),
});

export function KpiTiles({ metrics, freshness, settled, ...shown }: SectionProps) {
  return (
    <KpiRow
      asOf={
        <>
          <FreshnessLine freshness={freshness} settled={settled} />
          <ConversionLine conversion={shown.section.conversion} />
        </>
      }
    >
      {metricsOf(shown.section, metrics).map((metric) => (
        <Tile key={metric.id} {...{ metric, freshness, settled, ...shown }} />
      ))}
    </KpiRow>
  );
}

type TileProps = Omit<SectionProps, "metrics"> & { metric: MetricInfo };

export function Tile({ metric, section, range, freshness, settled, of }: TileProps) {
  const { search } = useLocation();
  const { locale } = useView();
  const words = useRangeWords();
  const { currency, days, kpis } = section;
  const kpi = kpis.find(({ id }) => id === metric.id);
  const value = kpi?.value ?? null;
  const previous = kpi?.previous ?? null;
  const known = days.some((day) => day.values !== null);
  const concealed = isHidden(metric, section.hidden);
  // Rows are in the money they were paid in, and of Amazon's own numbers.
  const hasRows = !isConverted(section) && !isOwnMetric(metric.id);
  const compared =
    range.compared && !concealed
      ? {
          delta: deltaOf(metricNumber(metric, value), metricNumber(metric, previous)),
          previous: previous === null ? null : metricText({ metric, value: previous, currency }, locale),
          uncompared: unpricedWords(section, metric),
          comparedWith: `${words(range.previous)}${range.sameAge ? ", at the same age" : ""}`,
        }
      : {};
  return (
    <KpiTile
      label={metric.label}
      definition={`${metric.definition} Amazon: ${metric.amazon}.`}
      value={known ? <MetricFigure metric={metric} value={value} currency={currency} hidden={section.hidden} /> : null}
      better={metric.better ?? "neither"}
      maturity={concealed ? null : maturityOfKpi(metric, kpi, { freshness, settled, currency, locale })}
      {...(concealed ? {} : { trend: days.map((day) => metricNumber(metric, day.values?.[metric.id])) })}
      {...(of && !concealed && hasRows
        ? { href: rowsPath({ ...of, native: currency, metric: metric.id }, search) }
        : {})}
      settledCount={days.filter((day) => day.settled[metric.settle]).length}
      {...compared}
    />
  );
}

/** Where money cannot be compared for want of a rate. */
function unpricedWords({ conversion, previousDays }: Sums, { id, money }: MetricInfo): string | null {
  if (!conversion || !(money || isOwnMetric(id))) return null;
  if (conversion.missing) return "Not compared: rates are missing for these days";
  // Of a day that has numbers only money can be missing.
  const isUnpriced = previousDays.some(({ values }) => values !== null && values.spend === null);
  return isUnpriced ? "Not compared: rates are missing for the days before" : null;
}

type ChartProps = Pick<SectionProps, "section" | "metrics" | "range" | "freshness"> & {
  /** What it is about: what is known of its days is shown with it, and notes can be written. */
  notesOf?: NoteOf;
};

export function DailyChart({ section, metrics, range, freshness, notesOf }: ChartProps) {
  const { locale } = useView();
  const [params, setParams] = useUrlParams();
  const offered = metricsOf(section, metrics).filter((one) => !isHidden(one, section.hidden));
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
  const chart = (noted: Pick<DataChartProps, "marks" | "onDay">) => (
    <DataChart
      title={`${metric.label} by day`}
      name={`${metric.label} by day${metric.unit === "money" ? ` in ${section.currency}` : ""}`}
      {...(metric.unit === "money" ? { unit: section.currency } : {})}
      series={seriesOf({ metric, section, range, freshness })}
      format={chartText(metric, section.currency, locale)}
      formatAxis={axisText(metric, section.currency, locale)}
      {...noted}
    />
  );
  return (
    <Section title="Day by day" side={choice}>
      {notesOf ? (
        <Annotated of={notesOf} range={range}>
          {(marks, onDay) => chart({ marks, onDay })}
        </Annotated>
      ) : (
        chart({})
      )}
    </Section>
  );
}

type SeriesInput = Omit<ChartProps, "metrics" | "notesOf"> & { metric: MetricInfo };

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
  const expected: ChartSeries = {
    key: "expected",
    label: "Expected when final",
    dashed: true,
    points: days.map(({ day, settled, expected: values }) => ({
      day,
      value: settled[metric.settle] ? null : metricNumber(metric, values?.[metric.id]),
    })),
  };
  const own = expected.points.some(({ value }) => value !== null) ? [current, expected] : [current];
  if (!range.compared || previousDays.every((day) => day.values === null)) return own;
  // The n-th day before is drawn under the n-th day.
  const points = days.map(({ day }, index) => ({
    day,
    value: metricNumber(metric, previousDays[index]?.values?.[metric.id]),
  }));
  const label = range.compare === "year" ? "Year before" : "Previous period";
  return [...own, { key: "previous", label, dashed: true, points }];
}

/** What choosing another currency changes in the address: a list starts at its first page, which stays there where it is. */
export const nativeChosen = (native: string | null, params: URLSearchParams) => ({
  native,
  ...(params.has("currentPage") ? { currentPage: "1" } : {}),
});

/** Which currency's section is shown, where there are several: money of two is never added. */
export function useCurrencySection(sections: Sums[]) {
  const [params, setParams] = useUrlParams();
  const section = sections.find(({ currency }) => currency === params.get("native")) ?? sections[0];
  const choice =
    sections.length > 1 && section ? (
      <Segmented
        aria-label="Currency"
        options={sections.map(({ currency }) => currency)}
        value={section.currency}
        onChange={(currency) => setParams(nativeChosen(String(currency), params))}
      />
    ) : null;
  return { section, choice };
}
