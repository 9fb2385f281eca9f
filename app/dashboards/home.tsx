import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { HomeOverview, MetricInfo } from "#server/insights/contract";
import { can, canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { CurrencyPicker } from "~/ui/currency-picker";
import type { ResolvedRange } from "~/ui/date-range";
import { useRangeWords } from "~/ui/date-range-picker";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { wallNews } from "~/workspace/active-brands";
import { BrandCard } from "./brand-card";
import { TileGrid } from "./brand-tile";
import { loadHome } from "./home.server";
import { isUnderWay, JourneyList } from "./journey";
import { Unassigned } from "./unassigned";

export const meta: MetaFunction = () => [{ title: "Home · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadHome(args);

export default function Home() {
  const data = useLoaderData<typeof loader>();
  const viewer = useViewer();
  const words = useRangeWords();
  const revalidate = useReread();
  useNews(wallNews, revalidate);
  const journey = data.wall ? data.journey : data.home.journey;
  const firstBrand = data.wall ? data.wall.items : data.home.brands;
  const mayConnect = canEverywhere(viewer, "connections.write");
  const isNew = mayConnect && isUnderWay(journey);
  return (
    <Page
      title="Home"
      description={
        data.wall
          ? "How your brands stand, those in most need of a person first."
          : `The last 7 days of every brand, ${words(data.week)}, against the 7 before.`
      }
      action={
        mayConnect && journey.connections === 0 ? (
          <LinkButton type="primary" to="/connections/new">
            Connect Amazon
          </LinkButton>
        ) : data.wall ? null : (
          <CurrencyPicker currency={data.week.currency} />
        )
      }
    >
      {isNew ? (
        <Section title="First steps">
          <JourneyList journey={journey} firstBrand={firstBrand.find(({ accounts }) => accounts)?.id ?? null} />
        </Section>
      ) : (
        <Unassigned count={data.unassigned} />
      )}
      {data.wall ? (
        <Section title="Brands" side={<Link to="/brands">All {data.wall.total} brands</Link>}>
          <TileGrid brands={data.wall.items} label="Brand wall" />
        </Section>
      ) : (
        <FewBrands brands={data.home.brands} metrics={data.metrics} week={data.week} />
      )}
    </Page>
  );
}

interface FewBrandsProps {
  brands: HomeOverview["brands"];
  metrics: MetricInfo[];
  week: ResolvedRange;
}

function FewBrands({ brands, metrics, week }: FewBrandsProps) {
  const viewer = useViewer();
  if (brands.length === 0) {
    return (
      <EmptyState
        title="Your brands will be here"
        action={can(viewer, "brands.write") ? <Link to="/brands">Add a brand</Link> : null}
      >
        A brand is a client of the agency; its accounts, people and numbers belong together.
      </EmptyState>
    );
  }
  return brands.map((brand) => <BrandCard key={brand.id} brand={brand} metrics={metrics} week={week} />);
}
