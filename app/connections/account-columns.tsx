import { type Account, accountKindNames, regionNames } from "#server/connections/contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { Time } from "~/ui/time";
import { CapabilityTag, plural, stateWord } from "./words";

export const nameColumn: Column<Account> = {
  key: "name",
  title: "Account",
  sort: true,
  width: 240,
  render: (account) => <Link to={`/accounts/${account.id}`}>{account.name}</Link>,
};

export const brandColumn: Column<Account> = {
  key: "brandName",
  title: "Brand",
  sort: true,
  narrow: true,
  render: ({ brandName, brandArchived }) =>
    brandName ? (
      <span className="tm-brief" data-tip={brandArchived ? `${brandName}, archived` : brandName}>
        {brandName}
        {brandArchived ? <span className="tm-muted">, archived</span> : null}
      </span>
    ) : (
      <span className="tm-muted">none</span>
    ),
};

export const whatColumns: Column<Account>[] = [
  {
    key: "kind",
    title: "Kind",
    sort: true,
    render: (account) => accountKindNames[account.kind],
  },
  {
    key: "campaigns",
    title: "Campaigns",
    narrow: true,
    render: ({ capabilities }) => <CapabilityTag name="Campaigns" capability={capabilities.campaigns} />,
  },
  {
    key: "reports",
    title: "Reports",
    render: ({ capabilities }) => <CapabilityTag name="Reports" capability={capabilities.reports} />,
  },
  {
    key: "write",
    title: "Changes",
    hint: "Whether campaigns can be changed at Amazon, and not only read.",
    render: ({ capabilities }) => <CapabilityTag name="Changes" capability={capabilities.write} />,
  },
  {
    key: "amc",
    title: "AMC",
    hint: "Whether Amazon Marketing Cloud can be asked about it.",
    render: ({ capabilities }) => <CapabilityTag name="AMC" capability={capabilities.amc} />,
  },
  {
    key: "audiences",
    title: "Audiences",
    optional: true,
    render: ({ capabilities }) => <CapabilityTag name="Audiences" capability={capabilities.audiences} />,
  },
  { key: "region", title: "Region", sort: true, render: (account) => regionNames[account.region] },
  { key: "currency", title: "Currency", sort: true, render: (account) => account.currency },
  {
    key: "timeZone",
    title: "Time zone",
    hint: "Report days begin and end in this zone.",
    render: (account) => account.timeZone,
  },
];

export const moreColumns: Column<Account>[] = [
  { key: "countryCode", title: "Country", sort: true, optional: true, render: (account) => account.countryCode },
  { key: "amazonId", title: "Amazon id", optional: true, render: (account) => <code>{account.amazonId}</code> },
  { key: "entityId", title: "DSP entity", optional: true, render: (account) => <code>{account.entityId ?? ""}</code> },
  {
    key: "connections",
    title: "Through",
    optional: true,
    render: ({ connections, reachedBy }) =>
      connections.map(({ name, state }) => `${name} (${stateWord(state)})`).join(", ") ||
      plural(reachedBy, "connection"),
  },
  {
    key: "probedAt",
    title: "Checked",
    hint: "When Amazon was last asked what can be done with it.",
    optional: true,
    render: (account) => <Time at={account.probedAt} none="no" past />,
  },
  { key: "seenAt", title: "Last seen", sort: true, optional: true, render: (account) => <Time at={account.seenAt} /> },
];
