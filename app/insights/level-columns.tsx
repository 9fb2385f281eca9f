import type { MetricInfo, Section as Sums } from "#server/insights/contract";
import type { Level, LevelRow } from "#server/insights/level-contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { deltaOf, formatPercent } from "~/ui/format";
import { Sparkline } from "~/ui/sparkline";
import { useView } from "~/ui/view";
import { maturityOf } from "./kpi-section";
import { levelWords } from "./level-words";
import { isHidden, MetricFigure, metricNumber } from "./metric-value";
import { keptSearch, type RowsOf, rowsPath } from "./rows-path";
import { codeWords, EntityTag } from "./status-words";

interface LevelColumns {
  level: Level;
  metrics: MetricInfo[];
  /** The one whose days are drawn. */
  metric: MetricInfo | undefined;
  section: Sums;
  /** Whether the rows' money is not as it was paid. */
  converted: boolean;
  compared: boolean;
  of: RowsOf;
  search: string;
}

const usual = ["spend", "impressions", "clicks", "ctr", "detailPageViews", "purchases", "sales", "roas"];
const narrow = ["spend", "roas"];

export function levelColumns(input: LevelColumns): Column<LevelRow>[] {
  const { level, metrics, metric, search } = input;
  const kept = keptSearch(search);
  const words = levelWords[level];
  return [
    {
      key: "name",
      title: words.one,
      ...(level === "campaigns" ? { hint: "Amazon's reports call it order." } : {}),
      ...(level === "adGroups" ? { hint: "Amazon's reports call it line item." } : {}),
      sort: true,
      width: 300,
      total: "All together",
      render: ({ entityId, name }) =>
        entityId === "" ? (
          name
        ) : (
          <Link className="tm-row-name" data-tip={name} to={`${words.path(entityId)}${kept}`}>
            {name}
          </Link>
        ),
    },
    ...aboutColumns(level),
    ...(metric
      ? [
          {
            key: "trend",
            title: "By day",
            hint: `${metric.label}, day by day over the range.`,
            width: 140,
            render: (row: LevelRow) => (
              <Sparkline
                values={row.trend.map(({ value }) => metricNumber(metric, value))}
                label={`${metric.label} of ${row.name}, daily trend`}
                settledCount={Math.round(row.trend.length * row.settled[metric.settle].share)}
              />
            ),
          },
        ]
      : []),
    ...metrics.map((one) => metricColumn(one, input)),
  ];
}

function aboutColumns(level: Level): Column<LevelRow>[] {
  const detail: Record<Level, string | null> = {
    brands: null,
    campaigns: "Account",
    adGroups: "Campaign",
    creatives: "Type",
  };
  const title = detail[level];
  return [
    ...(title === null
      ? []
      : [
          {
            key: "detail",
            title,
            width: 200,
            optional: level === "campaigns",
            render: (row: LevelRow) =>
              level === "creatives" ? row.detail?.split(", ").map(codeWords).join(", ") : row.detail,
          },
        ]),
    ...(level === "campaigns" || level === "adGroups"
      ? [
          {
            key: "state",
            title: "Status",
            render: ({ state, deliveryStatus }: LevelRow) =>
              state === null ? null : <EntityTag state={state} deliveryStatus={deliveryStatus} deliveryReasons={[]} />,
          },
        ]
      : []),
  ];
}

function metricColumn(metric: MetricInfo, input: LevelColumns): Column<LevelRow> {
  const { level, section, converted, compared, of, search } = input;
  const { currency, hidden, kpis } = section;
  const kpi = kpis.find(({ id }) => id === metric.id);
  const figure = (value: LevelRow["values"][string] | undefined, own = hidden) => (
    <MetricFigure metric={metric} value={value} currency={currency} hidden={own} show="none" />
  );
  return {
    key: metric.id,
    title: metric.label,
    ...(metric.unit === "money" ? { unit: currency } : {}),
    hint: metric.definition,
    numeric: true,
    // The database orders by what the dictionary has.
    sort: !isOwnMetric(metric.id) && !isHidden(metric, hidden),
    optional: !usual.includes(metric.id),
    narrow: narrow.includes(metric.id),
    ...(kpi ? { total: figure(kpi.value) } : {}),
    maturity: (row) => maturityOf(metric, row.settled, row.freshness),
    render: (row) =>
      isHidden(metric, row.hidden) ? (
        figure(null, row.hidden)
      ) : (
        <>
          {/* Rows are of Amazon's own numbers, in the money they were paid in. */}
          {converted || row.entityId === "" || isOwnMetric(metric.id) ? (
            figure(row.values[metric.id], row.hidden)
          ) : (
            <Link
              className="tm-drill"
              to={rowsPath(
                { ...of, ...levelWords[level].of(row.entityId), native: currency, metric: metric.id },
                search,
              )}
            >
              {figure(row.values[metric.id], row.hidden)}
            </Link>
          )}
          {compared ? <Moved metric={metric} row={row} /> : null}
        </>
      ),
  };
}

/** By how much it moved against the days it is compared with. */
function Moved({ metric, row }: { metric: MetricInfo; row: LevelRow }) {
  const { locale } = useView();
  if (row.previous === null) return null;
  const delta = deltaOf(metricNumber(metric, row.values[metric.id]), metricNumber(metric, row.previous[metric.id]));
  if (!delta) return null;
  const words =
    delta.direction === "same"
      ? "unchanged"
      : delta.ratio === null
        ? "from none"
        : formatPercent(delta.ratio, { locale, decimals: 1, signed: true });
  return <span className="tm-cell-note">{words}</span>;
}
