import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type Account, accountKindNames, type Capability, regionNames } from "#server/connections/contract";
import { can } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { loadAccount } from "./account.server";
import { BrandSelect } from "./brand-select";
import { CapabilityTag, stateWord } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Account"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadAccount(args);

function CapabilityLine({ name, capability }: { name: string; capability: Capability }) {
  return (
    <li>
      <CapabilityTag name={name} capability={{ ok: capability.ok, unproven: capability.unproven }} />
      <span className="tm-muted">
        {" · "}
        {[capability.reason, capability.remedy].filter(Boolean).join(" ") || "Checked with a call to Amazon."}
      </span>
    </li>
  );
}

function Reaching({ account }: { account: Account }) {
  const maySee = can(useViewer(), "connections.read");
  if (account.connections.length === 0) return <p>No connection reaches it: its numbers stay as they are.</p>;
  return (
    <ul className="tm-plain-list">
      {account.connections.map(({ id, name, state }) => (
        <li key={id}>
          {maySee ? <Link to={`/connections/${id}`}>{name}</Link> : name}{" "}
          <span className="tm-muted">{stateWord(state)}</span>
        </li>
      ))}
    </ul>
  );
}

export default function AccountPage() {
  const { account } = useLoaderData<typeof loader>();
  const mayAssign = can(useViewer(), "accounts.write");
  const revalidate = useReread();
  useNews(["accounts", "connections"], revalidate);
  return (
    <Page
      title={account.name}
      description={`${accountKindNames[account.kind]} in ${regionNames[account.region]}`}
      trail={[{ label: "Accounts", to: "/accounts" }]}
    >
      <Facts
        items={[
          { label: "Brand", value: mayAssign ? <BrandSelect account={account} /> : (account.brandName ?? "none") },
          { label: "Currency", value: account.currency },
          { label: "Time zone of its days", value: account.timeZone },
          { label: "Country", value: account.countryCode },
          { label: "Amazon id", value: <code>{account.amazonId}</code> },
          { label: "DSP entity", value: account.entityId ? <code>{account.entityId}</code> : "none" },
          { label: "Last seen at Amazon", value: <Time at={account.seenAt} /> },
        ]}
      />
      <Section title="What can be done">
        <ul className="tm-plain-list">
          <CapabilityLine name="Campaigns" capability={account.capabilities.campaigns} />
          <CapabilityLine name="Reports" capability={account.capabilities.reports} />
          <CapabilityLine name="Changes" capability={account.capabilities.write} />
        </ul>
      </Section>
      <Section title="Reached through">
        <Reaching account={account} />
      </Section>
    </Page>
  );
}
