import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Page, Section } from "~/ui/page";
import { loadAgency } from "./agency.server";
import { SignInRulesForm } from "./sign-in-rules-form";

export const meta: MetaFunction = () => [{ title: "Agency · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadAgency(args);

export default function Agency() {
  const { rules } = useLoaderData<typeof loader>();
  const viewer = useViewer();
  const revalidate = useReread();
  useNews(["sign-in-rules"], revalidate);
  const mayWrite = canEverywhere(viewer, "agency.write");
  return (
    <Page title="Agency" description={`What holds for all of ${viewer.agency.name}.`}>
      <Section title="Sign-in rules">
        <SignInRulesForm key={rules.version} rules={rules} mayWrite={mayWrite} onSaved={revalidate} />
      </Section>
      {viewer.outbox && mayWrite ? (
        <Section title="Mails">
          <p>
            This installation has no mail server: what would be sent is kept in the <Link to="/outbox">outbox</Link>.
          </p>
        </Section>
      ) : null}
    </Page>
  );
}
