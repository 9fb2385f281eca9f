// What a page's numbers are made of at the level that is chosen: a chart of the first rows, and all of them as a table.
import { useLocation } from "@remix-run/react";
import { Segmented } from "antd";
import { type ReactNode, useMemo } from "react";
import type { Freshness, MetricInfo, Section as Sums } from "#server/insights/contract";
import type { Level, LevelRow } from "#server/insights/level-contract";
import { useUrlParams } from "~/providers/router";
import { type ChartSeries, DataChart } from "~/ui/data-chart";
import { DataTable } from "~/ui/data-table";
import type { ResolvedRange } from "~/ui/date-range";
import { Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { type ListState, useSeededTable } from "~/ui/use-list";
import { useView } from "~/ui/view";
import { isConverted } from "./converted";
import { nativeChosen } from "./kpi-section";
import type { loadLevel } from "./level.server";
import { levelColumns } from "./level-columns";
import { levelWords } from "./level-words";
import { axisText, chartText, metricNumber } from "./metric-value";
import type { RowsOf } from "./rows-path";

export type LoadedLevel = NonNullable<Awaited<ReturnType<typeof loadLevel>>>;

/** Chooses what the page is split by; the address keeps it, and takes it along to the pages below. */
export function LevelSwitch({ loaded }: { loaded: Pick<LoadedLevel, "level" | "offered"> | null }) {
  const [, setParams] = useUrlParams();
  if (!loaded || loaded.offered.length < 2) return null;
  return (
    <Segmented
      aria-label="Split by"
      options={loaded.offered.map((value) => ({ value, label: levelWords[value].many }))}
      value={loaded.level}
      // The page of the list stays in the address: without it the whole page would start anew, and the focus be lost.
      onChange={(level) => setParams({ level, currentPage: "1" })}
    />
  );
}

interface LevelSectionProps {
  loaded: LoadedLevel;
  section: Sums;
  metrics: MetricInfo[];
  range: ResolvedRange;
  freshness: Freshness;
  /** What the page is of. */
  of: RowsOf;
  /** What stands in place of the table. */
  table?: ReactNode;
}

export function LevelSection(props: LevelSectionProps) {
  const { level, permanent } = props.loaded;
  const restart = permanent.filter(({ field }) => field !== "metric").map(({ value }) => value);
  return (
    <Section
      title={levelWords[level].many}
      side={isConverted(props.section) ? <RowsIn loaded={props.loaded} to={props.section.currency} /> : null}
    >
      <Split key={restart.join()} {...props} />
    </Section>
  );
}

const convertedRows = "converted";

/** Rows are converted as the numbers above them; as they were paid, those of one currency at a time. */
function RowsIn({ loaded: { currency, converted, natives }, to }: Pick<LevelSectionProps, "loaded"> & { to: string }) {
  const [params, setParams] = useUrlParams();
  return (
    <div className="tm-rows-in">
      <span className="tm-muted">Rows in</span>
      <Segmented
        aria-label="Currency of the rows"
        options={[
          { value: convertedRows, label: `${to}, converted` },
          ...natives.map((native) => ({ value: native, label: `${native}, as paid` })),
        ]}
        value={converted ? convertedRows : currency}
        onChange={(chosen) => setParams(nativeChosen(chosen === convertedRows ? null : chosen, params))}
      />
    </div>
  );
}

function Split({ loaded, section: shown, metrics, range, freshness, of, table: other }: LevelSectionProps) {
  const { level, metric: metricId, currency, converted, permanent, seed } = loaded;
  // Converted sums are not those of rows as they were paid.
  const section = useMemo(() => {
    const isSum = shown.currency === currency && converted === isConverted(shown);
    return { ...shown, currency, kpis: isSum ? shown.kpis : [] };
  }, [shown, currency, converted]);
  const table = useSeededTable<LevelRow>("level-rows", seed, { permanent });
  const { search } = useLocation();
  const metric = metrics.find(({ id }) => id === metricId) ?? metrics[0];
  const columns = useMemo(
    () => levelColumns({ level, metrics, metric, section, converted, compared: range.compared, of, search }),
    [level, metrics, metric, section, converted, range.compared, of, search],
  );
  const words = levelWords[level];
  const [sorter] = table.sorters;
  const sorted = metrics.find(({ id }) => id === sorter?.field)?.label;
  // A table that stands in place of this one is in an order of its own.
  const placeWords = other
    ? `in order of ${sorted ?? "name"}`
    : table.page === 1
      ? "the first of the table"
      : "the first of this page of the table";
  return (
    <>
      {metric ? <SplitChart {...{ table, placeWords, metric, section, freshness, level }} /> : null}
      {other ?? (
        <DataTable
          table={table}
          columns={columns}
          what={words.many.toLowerCase()}
          searchLabel={`Search ${words.many.toLowerCase()} by name${level === "brands" ? "" : " or id"}`}
          height="auto"
          takesFiles={false}
          empty={<EmptyState title={`${words.many} will be listed here`}>None delivered in these days.</EmptyState>}
        />
      )}
    </>
  );
}

/** As many lines as can be told apart. */
const drawn = 6;

interface SplitChartProps extends Pick<LevelSectionProps, "section" | "freshness"> {
  table: ListState<LevelRow>;
  /** Which of all they are: "the first of the table". */
  placeWords: string;
  metric: MetricInfo;
  level: Level;
}

function SplitChart({ table, placeWords, metric, section, freshness, level }: SplitChartProps) {
  const { locale } = useView();
  const rows = table.rows.slice(0, drawn);
  const series = useMemo(
    () => seriesOf({ rows: table.rows.slice(0, drawn), metric, section, partialDay: freshness.partialDay }),
    [table.rows, metric, section, freshness.partialDay],
  );
  if (rows.length === 0) return null;
  const { one, many } = levelWords[level];
  const words = rows.length < table.total ? `${rows.length} ${many.toLowerCase()}, ${placeWords}` : "all";
  return (
    <DataChart
      title={`${metric.label} by day and ${one.toLowerCase()}: ${words}`}
      name={`${metric.label} by day and ${one.toLowerCase()}${metric.unit === "money" ? ` in ${section.currency}` : ""}`}
      {...(metric.unit === "money" ? { unit: section.currency } : {})}
      series={series}
      format={chartText(metric, section.currency, locale)}
      formatAxis={axisText(metric, section.currency, locale)}
    />
  );
}

interface SeriesInput {
  rows: readonly LevelRow[];
  metric: MetricInfo;
  section: Sums;
  partialDay: string | null;
}

function seriesOf({ rows, metric, section, partialDay }: SeriesInput): ChartSeries[] {
  const settled = new Map(section.days.map(({ day, settled: one }) => [day, one[metric.settle]]));
  const names = rows.map(({ name }) => name);
  // Accounts may be a day apart: all lines have the same days.
  const days = [...new Set(rows.flatMap(({ trend }) => trend.map(({ day }) => day)))].sort();
  return rows.map(({ id, entityId, name, trend }) => {
    const byDay = new Map(trend.map(({ day, value }) => [day, value]));
    return {
      key: id,
      // Two of one name are told apart by Amazon's id.
      label: names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${entityId.split(":")[1] ?? entityId})`,
      points: days.map((day) => ({
        day,
        value: metricNumber(metric, byDay.get(day)),
        settled: settled.get(day) ?? true,
        partial: day === partialDay,
      })),
    };
  });
}
