import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can, canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useRangeWords } from "~/ui/date-range-picker";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { BrandCard } from "./brand-card";
import { loadHome } from "./home.server";
import { isUnderWay, JourneyList } from "./journey";

export const meta: MetaFunction = () => [{ title: "Home · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadHome(args);

export default function Home() {
  const { home, metrics, week } = useLoaderData<typeof loader>();
  const { brands, unassigned, journey } = home;
  const viewer = useViewer();
  const words = useRangeWords();
  const revalidate = useReread();
  useNews(["brand-dashboards", "sync-status", "brands", "accounts", "connections"], revalidate);
  const mayConnect = canEverywhere(viewer, "connections.write");
  return (
    <Page
      title="Home"
      description={`The last 7 days of every brand, ${words(week)}, against the 7 before.`}
      action={
        mayConnect && journey.connections === 0 ? (
          <LinkButton type="primary" to="/connections/new">
            Connect Amazon
          </LinkButton>
        ) : null
      }
    >
      {mayConnect && isUnderWay(journey) ? (
        <Section title="First steps">
          <JourneyList journey={journey} firstBrand={brands.find(({ accounts }) => accounts > 0)?.id ?? null} />
        </Section>
      ) : null}
      {unassigned > 0 && can(viewer, "accounts.write") && !isUnderWay(journey) ? (
        <p>
          {unassigned} {unassigned === 1 ? "advertiser belongs" : "advertisers belong"} to no brand.{" "}
          <Link to="/accounts">Assign accounts</Link>
        </p>
      ) : null}
      {brands.map((brand) => (
        <BrandCard key={brand.id} brand={brand} metrics={metrics} week={week} />
      ))}
      {brands.length === 0 ? (
        <EmptyState
          title="Your brands will be here"
          action={can(viewer, "brands.write") ? <Link to="/brands">Add a brand</Link> : null}
        >
          A brand is a client of the agency; its accounts, people and numbers belong together.
        </EmptyState>
      ) : null}
    </Page>
  );
}
