import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { type Account, accountKindNames, regionNames } from "#server/connections/contract";
import { can } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { loadAccount } from "./account.server";
import { CapabilityLines, CheckAgain } from "./account-capabilities";
import { AccountData } from "./account-data";
import { AccountReach } from "./account-reach";
import { BrandSelect } from "./brand-select";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Account"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadAccount(args);

const brandWords = ({ brandName, brandArchived }: Pick<Account, "brandName" | "brandArchived">): string =>
  brandArchived ? `${brandName}, archived` : (brandName ?? "none");

export default function AccountPage() {
  const { account, sync, lastRun } = useLoaderData<typeof loader>();
  const mayWrite = can(useViewer(), "accounts.write");
  const reread = useReread();
  useNews(["accounts", "connections", "sync-status", "sync-runs"], reread);
  const checkable = mayWrite && account.kind !== "profile" && account.reachedBy > 0;
  return (
    <Page
      title={account.name}
      description={`${accountKindNames[account.kind]} in ${regionNames[account.region]}`}
      trail={[{ label: "Accounts", to: "/accounts" }]}
    >
      <Facts
        items={[
          { label: "Brand", value: mayWrite ? <BrandSelect account={account} /> : brandWords(account) },
          { label: "Currency", value: account.currency },
          { label: "Time zone of its days", value: account.timeZone },
          { label: "Country", value: account.countryCode },
          { label: "Amazon id", value: <code>{account.amazonId}</code> },
          { label: "DSP entity", value: account.entityId ? <code>{account.entityId}</code> : "none" },
          { label: "Last seen at Amazon", value: <Time at={account.seenAt} past /> },
        ]}
      />
      <Section title="What can be done" side={checkable ? <CheckAgain account={account} onDone={reread} /> : null}>
        <CapabilityLines account={account} />
      </Section>
      {sync ? (
        <Section title="Data">
          <AccountData sync={sync} lastRun={lastRun} />
        </Section>
      ) : null}
      <Section title="Reached through">
        <AccountReach account={account} onDone={reread} />
      </Section>
    </Page>
  );
}
