import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useState } from "react";
import type { ConsentSummary } from "#server/connections/consent-contract";
import { canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link, useUrlParams } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { KpiRow, KpiTile } from "~/ui/kpi-tile";
import { stringifyQuery } from "~/ui/list-params";
import { Page } from "~/ui/page";
import { type Asked, AskForConsent } from "./ask-for-consent";
import { BrandConsents } from "./brand-consents";
import { loadConsents } from "./consents.server";
import { GrantorConsents } from "./grantor-consents";

export const meta: MetaFunction = () => [{ title: "Consent map · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadConsents(args);
export const shouldRevalidate = keepsLoader("view", "brand");

export default function Consents() {
  const data = useLoaderData<typeof loader>();
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayAsk = canEverywhere(useViewer(), "connections.read");
  const reread = useReread();
  useNews(["connections", "accounts", "brands"], reread);
  return (
    <Page
      title="Consent map"
      description="Consents at Amazon belong to people. Whose consent each brand hangs on, and what would stop without it."
      width="full"
      action={
        mayAsk ? (
          <Button type="primary" onClick={() => setAsked({ brand: null })}>
            Invite a grantor
          </Button>
        ) : null
      }
    >
      <Counts summary={data.summary} />
      <ViewSwitch grantors={data.view === "grantors"} />
      {data.view === "grantors" ? (
        <GrantorConsents key="grantors" seed={data.seed} permanent={data.permanent} schedules={data.schedules} />
      ) : (
        <BrandConsents
          key="brands"
          seed={data.seed}
          permanent={data.permanent}
          schedules={data.schedules}
          onAsk={mayAsk ? setAsked : null}
        />
      )}
      <AskForConsent asked={asked} onClose={() => setAsked(null)} />
    </Page>
  );
}

const filtered = (view: "brands" | "grantors", field: string, value: string) =>
  `/consents?${stringifyQuery({
    ...(view === "grantors" ? { view } : {}),
    filters: [{ field, operator: "eq", value }],
  })}`;

/** A count that leads to its rows; none has nowhere to lead. */
function Counts({ summary: { brands, stranded, oneGrantor, ending, ownersLeft } }: { summary: ConsentSummary }) {
  const tile = (label: string, count: number, definition: string, href?: string) => (
    <KpiTile label={label} definition={definition} value={count} {...(count > 0 && href ? { href } : {})} />
  );
  return (
    <div className="tm-counts">
      <KpiRow>
        {tile(
          "Brands without a usable consent",
          stranded,
          `Of ${brands} with accounts: those of which at least one account is reached by no consent that can be used.`,
          filtered("brands", "cover", "stranded"),
        )}
        {tile(
          "Brands on one person",
          oneGrantor,
          `Of ${brands} with accounts: those of which at least one account hangs on a single person's consent.`,
          filtered("brands", "cover", "one_grantor"),
        )}
        {tile(
          "Consents ending soon",
          ending,
          "Consents in use that may end within 30 days, a year after they were given.",
          `/consents?${stringifyQuery({ view: "grantors", sorters: [{ field: "consentExpiresAt", order: "asc" }] })}`,
        )}
        {tile(
          "Owners who left",
          ownersLeft,
          "Consents in use that nobody in the agency looks after: the owner can no longer sign in.",
          filtered("grantors", "ownerLeft", "true"),
        )}
      </KpiRow>
    </div>
  );
}

function ViewSwitch({ grantors }: { grantors: boolean }) {
  const [params] = useUrlParams();
  const to = (view: string | null) => {
    const next = new URLSearchParams(
      [...params].filter(([name]) => !/^(view|details|currentPage|filters|sorters|cols)/.test(name)),
    );
    if (view) next.set("view", view);
    return `?${next}`;
  };
  return (
    <nav className="tm-switch tm-switch-apart" aria-label="View">
      <Link to={to(null)} aria-current={grantors ? undefined : "page"}>
        By brand
      </Link>
      <Link to={to("grantors")} aria-current={grantors ? "page" : undefined}>
        By grantor
      </Link>
    </nav>
  );
}
