// An ad group or a creative: the numbers, what they are made of, the funnel, and what it is.
import { useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { Facts, Page, Section } from "~/ui/page";
import { isConverted } from "./converted";
import { ExplanationSection } from "./explanation";
import { Funnel } from "./funnel";
import { DailyChart, KpiTiles } from "./kpi-section";
import { LevelSection, LevelSwitch } from "./level-section";
import { levelWords } from "./level-words";
import type { loadPart } from "./part.server";
import { keptSearch, type RowsOf } from "./rows-path";
import { EntityTag } from "./status-words";

interface PartPageProps {
  data: Awaited<ReturnType<typeof loadPart>>;
  of: RowsOf;
  trail: { label: string; to: string }[];
  description: ReactNode;
  facts: { label: string; value: ReactNode }[];
}

export function PartPage({ data, of, trail, description, facts }: PartPageProps) {
  const { insights, explanation, level, metrics, range } = data;
  const { name, state, deliveryStatus, section, freshness, settled, reach } = insights;
  const kept = keptSearch(useLocation().search);
  useNews(["campaigns", "ad-groups"], useReread());
  const shown = { section, metrics, range, freshness };
  const parts = insights.level === "adGroups" ? "creatives" : "adGroups";
  return (
    <Page
      title={name}
      description={description}
      state={state === null ? null : <EntityTag state={state} deliveryStatus={deliveryStatus} deliveryReasons={[]} />}
      trail={trail.map(({ label, to }) => ({ label, to: `${to}${kept}` }))}
      action={<LevelSwitch loaded={level} />}
    >
      <KpiTiles {...shown} settled={settled} of={of} />
      <DailyChart {...shown} />
      {range.compared ? (
        <ExplanationSection
          explanation={explanation}
          native={isConverted(section) ? (explanation?.currency ?? null) : null}
          metrics={metrics}
          parts={levelWords[parts].many.toLowerCase()}
          partPath={(id) => `${levelWords[parts].path(id)}${kept}`}
        />
      ) : null}
      {level ? <LevelSection loaded={level} {...shown} of={of} /> : null}
      <Funnel {...shown} reach={reach} settled={settled} />
      <Section title="About">
        <Facts items={facts} />
      </Section>
    </Page>
  );
}
