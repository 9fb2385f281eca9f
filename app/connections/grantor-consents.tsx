import type { CrudFilter } from "@refinedev/core";
import { Select } from "antd";
import { useMemo } from "react";
import type { Consent } from "#server/connections/consent-contract";
import { ConnectionState } from "#server/connections/contract";
import { canEverywhere } from "~/providers/access-control";
import { Link, useUrlParam } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import type { Seed } from "~/ui/list-params";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { ConsentEnd, Owner, scopesInWords, withdrawalWords } from "./consent-words";
import { GivenOn } from "./given-on";
import { GrantorDrawer } from "./grantor-drawer";
import type { Schedules } from "./schedule-words";
import { useNewsOf } from "./use-news-of";
import { plural, StateTag, stateWord } from "./words";

interface GrantorConsentsProps {
  seed: Seed<Consent>;
  permanent: CrudFilter[];
  schedules: Schedules;
}

const states = ConnectionState.options.map((value) => ({ value, label: stateWord(value) }));

/** The people who consented, and what hangs on each. */
export function GrantorConsents({ seed, permanent, schedules }: GrantorConsentsProps) {
  const table = useSeededTable<Consent>("consents", seed, { permanent, live: false });
  useNewsOf(table);
  const [details, setDetails] = useUrlParam("details");
  const columns = useMemo(() => columnsOf(setDetails), [setDetails]);
  const mayConnect = canEverywhere(useViewer(), "connections.write");
  return (
    <>
      <DataTable
        table={table}
        columns={columns}
        what="grantors"
        searchLabel="Search people and brands"
        filters={
          <>
            <Select
              aria-label="State"
              allowClear
              placeholder="Any state"
              value={table.filterValue("state")}
              onChange={(value) => table.setFilter("state", value)}
              options={states}
              popupMatchSelectWidth={false}
            />
            <Select
              aria-label="Owner"
              allowClear
              placeholder="Any owner"
              value={table.filterValue("ownerLeft")}
              onChange={(value) => table.setFilter("ownerLeft", value)}
              options={[
                { value: "true", label: "Owner has left" },
                { value: "false", label: "Owner is here" },
              ]}
              popupMatchSelectWidth={false}
            />
          </>
        }
        empty={
          <EmptyState
            title="Whoever consents at Amazon will be listed here"
            action={mayConnect ? <Link to="/connections/new">Connect Amazon</Link> : null}
          >
            Nobody has connected Amazon yet.
          </EmptyState>
        }
      />
      <GrantorDrawer
        consent={table.rows.find(({ id }) => id === details) ?? null}
        schedules={schedules}
        onClose={() => setDetails(null)}
      />
    </>
  );
}

const columnsOf = (onShow: (id: string) => void): Column<Consent>[] => [
  {
    key: "name",
    title: "Grantor",
    hint: "The Amazon user who consented",
    sort: true,
    width: 160,
    render: ({ id, name }) => (
      <button type="button" className="tm-link tm-brief" onClick={() => onShow(id)}>
        {name}
      </button>
    ),
  },
  {
    key: "state",
    title: "State",
    sort: true,
    narrow: true,
    width: 160,
    render: (one) => <StateTag connection={one} />,
  },
  {
    key: "stops",
    title: "If withdrawn",
    hint: "What would happen at once: accounts stop, or another consent takes over.",
    sort: true,
    narrow: true,
    width: 172,
    render: (one) => <Withdrawal consent={one} />,
  },
  { key: "brands", title: "Brands", width: 224, render: ({ brands }) => <Brands brands={brands} /> },
  {
    key: "accounts",
    title: "Reads",
    hint: "Advertisers that are read through it",
    sort: true,
    numeric: true,
    width: 88,
    render: ({ accounts }) => <Count value={accounts.length} />,
  },
  {
    key: "backup",
    title: "Back-up of",
    hint: "Advertisers it could take over",
    numeric: true,
    optional: true,
    width: 112,
    render: ({ backup }) => <Count value={backup} />,
  },
  {
    key: "consentExpiresAt",
    title: "May end",
    hint: "A year after it was given: Amazon can end a consent then.",
    sort: true,
    width: 184,
    render: (one) => <ConsentEnd connection={one} />,
  },
  {
    key: "owner",
    title: "Looked after by",
    width: 168,
    render: ({ ownerName, ownerLeft }) => <Owner name={ownerName} left={ownerLeft} />,
  },
  {
    key: "consentedAt",
    title: "Given",
    sort: true,
    optional: true,
    render: ({ consentedAt }) => <GivenOn at={consentedAt} />,
  },
  { key: "scopes", title: "Allows", optional: true, render: ({ scopes }) => scopesInWords(scopes) },
  { key: "email", title: "Email", optional: true, render: ({ email }) => email ?? "" },
];

function Withdrawal({ consent }: { consent: Consent }) {
  const words = withdrawalWords(consent);
  if (consent.stops > 0) return <StatusTag signal="attention">{words}</StatusTag>;
  return consent.moves > 0 ? words : <span className="tm-muted">{words}</span>;
}

const shown = 1;

function Brands({ brands }: { brands: Consent["brands"] }) {
  const more = brands.length - shown;
  const names = brands.map(({ name }) => name).join(", ");
  return (
    <span className="tm-brief" data-tip={names}>
      {brands.slice(0, shown).map(({ name }) => name)}
      {more > 0 ? <span className="tm-muted"> and {plural(more, "other")}</span> : null}
    </span>
  );
}
