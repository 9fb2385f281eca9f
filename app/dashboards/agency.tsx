import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Funnel } from "~/insights/funnel";
import { DailyChart, KpiTiles, useCurrencySection } from "~/insights/kpi-section";
import { LevelSection, LevelSwitch } from "~/insights/level-section";
import { canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { viewParams } from "~/ui/date-range";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { wallNews } from "~/workspace/active-brands";
import { loadAgency } from "./agency.server";
import { plural } from "./wall-words";

export const meta: MetaFunction = () => [{ title: "Performance · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadAgency(args);
export const shouldRevalidate = keepsLoader("brand", "level", "metric", "native", ...viewParams);
export const handle = { range: true, currency: true };

function NothingYet() {
  const mayConnect = canEverywhere(useViewer(), "connections.write");
  return (
    <EmptyState
      title="The numbers of all your brands will be here"
      action={mayConnect ? <Link to="/connections/new">Connect Amazon</Link> : null}
    >
      No brand you look after has an Amazon account yet.
    </EmptyState>
  );
}

/** The whole agency, as far as one may see it: each currency by itself. */
export default function AgencyPage() {
  const { board, level, metrics, range } = useLoaderData<typeof loader>();
  const { sections, freshness, settled, reach, brands, accounts } = board;
  const { section, choice } = useCurrencySection(sections);
  useNews(wallNews, useReread());
  if (!section || !level) {
    return (
      <Page title="Performance" description="How all brands do together.">
        <NothingYet />
      </Page>
    );
  }
  const shown = { section, metrics, range, freshness };
  const apart = sections.length > 1 ? "; each currency by itself" : "";
  return (
    <Page
      title="Performance"
      description={`${plural(brands, "brand")} with ${plural(accounts, "account")} over the days chosen above${apart}.`}
      action={
        <>
          {choice}
          <LevelSwitch loaded={level} />
        </>
      }
    >
      <KpiTiles {...shown} settled={settled} of={{}} />
      <DailyChart {...shown} />
      <LevelSection loaded={level} {...shown} of={{}} />
      <Funnel {...shown} reach={reach} settled={settled} />
    </Page>
  );
}
