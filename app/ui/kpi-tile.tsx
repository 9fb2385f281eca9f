import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "~/providers/router";
import { type Delta, formatPercent } from "./format";
import { Hint } from "./hint";
import { Sparkline } from "./sparkline";
import { type Maturity, TideLine } from "./tide-line";
import { useView } from "./view";

export interface KpiTileProps {
  label: string;
  /** What the number means and how it is computed. */
  definition: string;
  /** Already formatted; null where there is no data. */
  value: ReactNode | null;
  delta?: Delta | null;
  /** The value of the compared range, formatted. */
  previous?: string | null;
  /** The compared range in words: "22 Sep – 21 Oct 2026". */
  comparedWith?: string;
  /** Why there is no change to tell. Default: there is no earlier data. */
  uncompared?: string | null;
  /** Whether more is better; decides the colour of the delta, never its words. */
  better?: "more" | "less" | "neither";
  maturity?: Maturity | null;
  trend?: (number | null)[];
  settledCount?: number;
  /** Where the number comes from in detail. */
  href?: string;
}

const toneOf = (delta: Delta, better: KpiTileProps["better"]): string => {
  if (delta.direction === "same" || better === "neither") return "";
  const good = (delta.direction === "up") === (better !== "less");
  return good ? "tm-delta-good" : "tm-delta-bad";
};

function DeltaLine({
  delta,
  previous,
  comparedWith,
  uncompared,
  better,
}: Pick<KpiTileProps, "delta" | "previous" | "comparedWith" | "uncompared" | "better">) {
  const { locale } = useView();
  if (!delta) return <div className="tm-kpi-delta">{uncompared ?? "No earlier data to compare"}</div>;
  const share = delta.ratio === null ? "n/a" : formatPercent(delta.ratio, { locale, decimals: 1, signed: true });
  const word = { up: "up", down: "down", same: "unchanged" }[delta.direction];
  return (
    <div className="tm-kpi-delta" data-tip={comparedWith ? `Compared with ${comparedWith}` : undefined}>
      <span className={toneOf(delta, better)}>
        {delta.direction === "up" ? <ArrowUpOutlined aria-hidden /> : null}
        {delta.direction === "down" ? <ArrowDownOutlined aria-hidden /> : null}
        <span className="tm-unseen">{word} </span> {share}
      </span>
      {previous ? <span> from {previous}</span> : null}
      {comparedWith ? <span className="tm-unseen"> in {comparedWith}</span> : null}
    </div>
  );
}

/** "83% settled · 1.18–1.24 expected"; the tide line says the same to those who cannot see it. */
function Settling({ settled, expected }: Maturity) {
  const { locale } = useView();
  if (settled >= 1) return null;
  const share = formatPercent(Math.min(settled, 0.99), { locale, decimals: 0 });
  return (
    <div className="tm-kpi-settling" aria-hidden="true">
      {share} settled{expected ? ` · ${expected} expected` : ""}
    </div>
  );
}

/** One number with its change, trend and maturity. Place several in a `KpiRow`. */
export function KpiTile(props: KpiTileProps) {
  const { label, definition, value, maturity, trend, settledCount, href, delta } = props;
  const figure = value === null ? <span className="tm-kpi-none">No data yet</span> : value;
  // The label is the tab stop; the number leads there too.
  const led =
    href && value !== null ? (
      <Link className="tm-drill" to={href} tabIndex={-1}>
        {figure}
      </Link>
    ) : (
      figure
    );
  return (
    <section className="tm-kpi" aria-label={label}>
      <div className="tm-kpi-label">
        {href ? <Link to={href}>{label}</Link> : label}
        <Hint name={label} text={definition} />
      </div>
      <div className="tm-kpi-value">
        <TideLine maturity={value === null ? null : maturity}>{led}</TideLine>
      </div>
      {maturity && value !== null ? <Settling {...maturity} /> : null}
      {delta !== undefined && value !== null ? <DeltaLine {...props} /> : null}
      {trend && value !== null ? (
        <Sparkline values={trend} label={`${label}, daily trend`} settledCount={settledCount} />
      ) : null}
    </section>
  );
}

/** Tiles side by side; `asOf` says to when the data reaches, in words and with its zone. */
export function KpiRow({ children, asOf }: { children: ReactNode; asOf?: ReactNode }) {
  return (
    <div className="tm-kpi-row">
      <div className="tm-kpis">{children}</div>
      {asOf ? <p className="tm-as-of">{asOf}</p> : null}
    </div>
  );
}
