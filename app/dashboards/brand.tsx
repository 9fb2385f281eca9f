import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import type { BrandDashboard } from "#server/insights/contract";
import { Breakdowns } from "~/insights/breakdowns";
import { isConverted } from "~/insights/converted";
import { ExplanationSection } from "~/insights/explanation";
import { Funnel } from "~/insights/funnel";
import { DailyChart, KpiTiles, useCurrencySection } from "~/insights/kpi-section";
import { LevelSection, LevelSwitch } from "~/insights/level-section";
import { PaceSection } from "~/insights/pace-section";
import { ReachTable } from "~/insights/reach-table";
import { keptSearch } from "~/insights/rows-path";
import { SyncProgress } from "~/insights/sync-progress";
import { can } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { viewParams } from "~/ui/date-range";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { wallNews } from "~/workspace/active-brands";
import { BrandActs } from "~/workspace/brand-acts";
import { loadBrand } from "./brand.server";
import { BrandFacts } from "./brand-facts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.board.name ?? "Brand"} · Tidemark` }];
export const loader = (args: LoaderFunctionArgs) => loadBrand(args);
export const shouldRevalidate = keepsLoader("why", "level", "metric", "native", ...viewParams);
export const handle = { range: true, currency: true };

function NoAccounts({ name }: { name: string }) {
  const mayAssign = can(useViewer(), "accounts.write");
  return (
    <EmptyState
      title={`The numbers of ${name} will be here`}
      action={mayAssign ? <Link to="/accounts">Give it an account</Link> : null}
    >
      No Amazon account belongs to this brand yet.
    </EmptyState>
  );
}

/** What is missing, while it is. */
function Filling({ accounts }: Pick<BrandDashboard, "accounts">) {
  const late = accounts.filter(({ state }) => state !== "current");
  return late.length > 0 ? <SyncProgress syncs={late} label="Accounts whose data is not complete" /> : null;
}

export default function BrandPage() {
  const { board, brand, signs, people, metrics, tabs, range, explanations, level, paces } =
    useLoaderData<typeof loader>();
  const { name, sections, freshness, settled, reach, accounts } = board;
  const { section, choice } = useCurrencySection(sections);
  const { search } = useLocation();
  const revalidate = useReread();
  const viewer = useViewer();
  useNews(wallNews, revalidate);
  const frame = {
    title: name,
    trail: [
      { label: "Brands", to: "/brands" },
      { label: "Performance", to: `/performance${keptSearch(search)}` },
    ],
    state: brand.archivedAt ? <StatusTag signal="off">Archived</StatusTag> : null,
  };
  const act = <BrandActs brand={brand} onDone={revalidate} />;
  const facts = <BrandFacts brand={brand} signs={signs} people={people} />;
  if (!section) {
    return (
      <Page {...frame} description="How the brand's campaigns do." action={act}>
        <NoAccounts name={name} />
        {facts}
      </Page>
    );
  }
  const shown = { section, metrics, range, freshness };
  const native = (level?.converted ? level.natives[0] : level?.currency) ?? section.currency;
  const seenIn = level?.converted ? { inCurrency: level.currency } : {};
  const of = { brand: board.id };
  const actions = { sync: can(viewer, "insights.write"), open: can(viewer, "accounts.read") };
  return (
    <Page
      {...frame}
      description="How the brand's campaigns do over the days chosen above."
      action={
        <>
          {choice}
          <LevelSwitch loaded={level} />
          {act}
        </>
      }
    >
      <Filling accounts={accounts} />
      <KpiTiles {...shown} settled={settled} of={of} />
      <DailyChart {...shown} notesOf={{ brandId: board.id }} />
      {range.compared ? (
        <ExplanationSection
          explanation={explanations.find(({ currency }) => currency === native) ?? null}
          native={isConverted(section) ? native : null}
          metrics={metrics}
          parts="campaigns"
          partPath={(id) => `/campaigns/${encodeURIComponent(id)}${keptSearch(search)}`}
        />
      ) : null}
      {level ? <LevelSection loaded={level} {...shown} of={of} /> : null}
      <Funnel {...shown} reach={reach} settled={settled} />
      <PaceSection paces={paces} hidden={section.hidden.length > 0} spend={signs?.spend ?? null} />
      <Breakdowns tabs={tabs} of={{ brandId: board.id, ...seenIn }} range={range} currency={native} metrics={metrics} />
      <ReachTable brandId={board.id} range={range} />
      <Section title="Accounts">
        <SyncProgress syncs={accounts} label="Accounts of the brand" actions={actions} />
      </Section>
      {facts}
    </Page>
  );
}
