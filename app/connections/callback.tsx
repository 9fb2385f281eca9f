import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { useReread } from "~/revalidate";
import { LinkButton } from "~/ui/link-button";
import { EmptyState, ErrorState } from "~/ui/states";
import { loadCallback } from "./callback.server";

export const meta: MetaFunction = () => [{ title: "Connect Amazon · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadCallback(args);

const lookAgainMs = 2000;

/** Only an outcome that is not a connection is shown here. */
export default function Callback() {
  const { outcome, region } = useLoaderData<typeof loader>();
  const revalidate = useReread();
  const isUnderWay = outcome.kind === "under_way";
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(revalidate, lookAgainMs);
    return () => clearInterval(timer);
  }, [isUnderWay, revalidate]);
  if (outcome.kind === "under_way") {
    return (
      <EmptyState alone title="The consent is being stored">
        An earlier load of this page is still waiting for Amazon. This page goes on by itself.
      </EmptyState>
    );
  }
  return (
    <div className="tm-page">
      <ErrorState alone title="Nothing was connected" error={{ message: outcome.reason, remedy: outcome.remedy }} />
      <p className="tm-next tm-centred">
        <LinkButton type="primary" to={`/connections/new?region=${region}`}>
          Start again
        </LinkButton>
        <LinkButton to="/connections">Connections</LinkButton>
      </p>
    </div>
  );
}
