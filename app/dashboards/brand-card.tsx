import type { BrandCard as Card, MetricInfo, Section as Sums } from "#server/insights/contract";
import { ConversionLine } from "~/insights/conversion-line";
import { FreshnessLine } from "~/insights/freshness-line";
import { metricsOf, Tile } from "~/insights/kpi-section";
import { SyncTag } from "~/insights/status-words";
import { Link } from "~/providers/router";
import type { ResolvedRange } from "~/ui/date-range";
import { KpiRow } from "~/ui/kpi-tile";
import { Section } from "~/ui/page";

interface BrandCardProps {
  brand: Card;
  metrics: MetricInfo[];
  week: ResolvedRange;
}

/** A brand on the wall: its week against the one before, and whether the data is current. */
export function BrandCard({ brand, metrics, week }: BrandCardProps) {
  const { id, name, accounts, sections } = brand;
  return (
    <Section
      title={<Link to={`/brands/${id}${week.currency ? `?currency=${week.currency}` : ""}`}>{name}</Link>}
      side={accounts > 0 ? <SyncTag sync={brand} /> : <span className="tm-muted">No account yet</span>}
    >
      {sections.map((section) => (
        <Tiles key={section.currency} {...{ section, brand, metrics, week }} />
      ))}
    </Section>
  );
}

function Tiles({ section, brand, metrics, week }: BrandCardProps & { section: Sums }) {
  const { freshness, settled } = brand;
  return (
    <KpiRow
      asOf={
        <>
          <FreshnessLine freshness={freshness} settled={settled} />
          <ConversionLine conversion={section.conversion} />
        </>
      }
    >
      {metricsOf(section, metrics).map((metric) => (
        <Tile key={metric.id} range={week} {...{ metric, section, freshness, settled }} />
      ))}
    </KpiRow>
  );
}
