import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Alert, Button, Radio } from "antd";
import type { ConsentRequest } from "#server/connections/consent-contract";
import { Region, regionMarkets, regionNames } from "#server/connections/contract";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { loadNewConnection, startConsent } from "./new-connection.server";

export const meta: MetaFunction = () => [{ title: "Connect Amazon · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadNewConnection(args);
export const action = (args: ActionFunctionArgs) => startConsent(args);

const asked = [
  {
    what: "View and manage campaigns",
    why: "to read campaigns and make reports. Amazon has no narrower permission for this; Tidemark changes nothing at Amazon by itself.",
  },
  { what: "Name, email address and user id", why: "to show whose consent this is, and whom to ask when it ends." },
];

function Regions({ chosen }: { chosen: Region | null }) {
  return (
    <Radio.Group name="region" defaultValue={chosen ?? "NA"} className="tm-choices" aria-label="Region">
      {Region.options.map((region) => (
        <Radio key={region} value={region}>
          <strong>{regionNames[region]}</strong>
          <span className="tm-muted"> {regionMarkets[region]}</span>
        </Radio>
      ))}
    </Radio.Group>
  );
}

/** For whom the consent is asked, and what the Amazon user must be able to see there. */
function WhatToBring({ request, isAsked }: { request: ConsentRequest; isAsked: boolean }) {
  const brands = request.brands.map(({ name }) => name).join(", ");
  const regions = [...new Set(request.accounts.map((account) => account.region))];
  return (
    <Alert
      type="info"
      showIcon
      className="tm-form-failure"
      message={isAsked ? `You are asked to consent for ${brands}` : `For ${brands}`}
      description={
        request.accounts.length > 0 ? (
          <>
            Sign in to Amazon as a user who can see {request.accounts.map(({ name }) => name).join(", ")} in{" "}
            {regions.map((region) => regionNames[region]).join(" and ")}. If you cannot see{" "}
            {request.accounts.length === 1 ? "it" : "them"} there, ask for access at Amazon first: Tidemark reaches what
            you reach, and nothing more.
          </>
        ) : (
          "No account is assigned to it yet: sign in to Amazon as a user who can see the client's accounts."
        )
      }
    />
  );
}

export default function NewConnection() {
  const { region, user, asked: isAsked, request } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Page
      title={user ? `Reconnect ${user}` : "Connect Amazon"}
      description="An Amazon user allows Tidemark to read the accounts they can see."
      trail={[{ label: "Connections", to: "/connections" }]}
    >
      {answer ? (
        <Alert type="error" showIcon message={answer.failure.message} description={answer.failure.remedy} />
      ) : null}
      {request.brands.length > 0 ? <WhatToBring request={request} isAsked={isAsked} /> : null}
      {/* Amazon's page is another site: the browser goes there itself, with or without scripts. */}
      <Form method="post" reloadDocument>
        <h2>Where the Amazon user signs in</h2>
        <p className="tm-muted">
          Choose the region of their Amazon login. The consent works in all regions: accounts are looked for in each.
        </p>
        <Regions chosen={region} />
        <Section title="What Tidemark asks for">
          <ul className="tm-plain-list">
            {asked.map(({ what, why }) => (
              <li key={what}>
                <strong>{what}</strong>, {why}
              </li>
            ))}
          </ul>
          {user ? <p>Sign in to Amazon as {user}. The connection comes back with its accounts and history.</p> : null}
          <p className="tm-muted">
            Come back within ten minutes, in this browser. Tokens are stored encrypted and never shown.
          </p>
          <div className="tm-next">
            <Button type="primary" htmlType="submit">
              Continue to Amazon
            </Button>
            <LinkButton to="/connections">Cancel</LinkButton>
          </div>
        </Section>
      </Form>
    </Page>
  );
}
