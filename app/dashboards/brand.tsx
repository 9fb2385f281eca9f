import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import type { BrandDashboard } from "#server/insights/contract";
import { DailyChart, KpiTiles, useCurrencySection } from "~/insights/kpi-section";
import { SyncProgress } from "~/insights/sync-progress";
import { can } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { loadBrand } from "./brand.server";
import { TopCampaigns } from "./top-campaigns";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.board.name ?? "Brand"} · Tidemark` }];
export const loader = (args: LoaderFunctionArgs) => loadBrand(args);
export const shouldRevalidate = keepsLoader("range", "compare");
export const handle = { range: true };

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
  const { board, metrics, range } = useLoaderData<typeof loader>();
  const { name, sections, freshness, settled, accounts, topCampaigns } = board;
  const { section, choice } = useCurrencySection(sections);
  const { search } = useLocation();
  const revalidate = useReread();
  const viewer = useViewer();
  useNews(["brand-dashboards", "sync-status", "accounts"], revalidate);
  const trail = [{ label: "Brands", to: "/brands" }];
  if (!section) {
    return (
      <Page title={name} description="How the brand's campaigns do." trail={trail}>
        <NoAccounts name={name} />
      </Page>
    );
  }
  const actions = { sync: can(viewer, "insights.write"), open: can(viewer, "accounts.read") };
  return (
    <Page
      title={name}
      description="How the brand's campaigns do over the days chosen above."
      action={choice}
      trail={trail}
    >
      <Filling accounts={accounts} />
      <KpiTiles section={section} metrics={metrics} range={range} freshness={freshness} settled={settled} />
      <DailyChart section={section} metrics={metrics} range={range} freshness={freshness} />
      <Section title="Campaigns with most spend" side={<Link to={`/campaigns?brand=${board.id}`}>All campaigns</Link>}>
        <TopCampaigns campaigns={topCampaigns} metrics={metrics} search={search} />
      </Section>
      <Section title="Accounts">
        <SyncProgress syncs={accounts} label="Accounts of the brand" actions={actions} />
      </Section>
    </Page>
  );
}
