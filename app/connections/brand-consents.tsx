import type { CrudFilter } from "@refinedev/core";
import { Button, Select } from "antd";
import { useMemo } from "react";
import type { BrandConsent } from "#server/connections/consent-contract";
import { usableStates } from "#server/connections/contract";
import { Link, useUrlParam } from "~/providers/router";
import { type Column, DataTable } from "~/ui/data-table";
import type { Seed } from "~/ui/list-params";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import type { Asked } from "./ask-for-consent";
import { BrandConsentDrawer } from "./brand-consent-drawer";
import { askBriefly, askWords, CoverTag, coverOptions, MayEnd } from "./consent-words";
import { type Schedules, scheduleCount } from "./schedule-words";
import { useNewsOf } from "./use-news-of";
import { plural, stateWord } from "./words";

interface BrandConsentsProps {
  seed: Seed<BrandConsent>;
  permanent: CrudFilter[];
  schedules: Schedules;
  /** Null for those who may not ask anybody. */
  onAsk: ((asked: Asked) => void) | null;
}

/** The brands, and whose consents they hang on. */
export function BrandConsents({ seed, permanent, schedules, onAsk }: BrandConsentsProps) {
  const table = useSeededTable<BrandConsent>("brand-consents", seed, { permanent, live: false });
  useNewsOf(table);
  const [details, setDetails] = useUrlParam("details");
  const columns = useMemo(() => columnsOf({ schedules, onAsk, onShow: setDetails }), [schedules, onAsk, setDetails]);
  return (
    <>
      <DataTable
        table={table}
        columns={columns}
        what="brands"
        searchLabel="Search brands, accounts, people"
        filters={
          <Select
            aria-label="Cover"
            allowClear
            placeholder="Any cover"
            value={table.filterValue("cover")}
            onChange={(value) => table.setFilter("cover", value)}
            options={coverOptions}
            popupMatchSelectWidth={false}
          />
        }
        empty={
          <EmptyState title="Your brands will be listed here" action={<Link to="/brands">Go to brands</Link>}>
            Create a brand and assign accounts to it: then you see whose consent it hangs on.
          </EmptyState>
        }
      />
      <BrandConsentDrawer
        brand={table.rows.find(({ id }) => id === details) ?? null}
        schedules={schedules}
        onAsk={onAsk}
        onClose={() => setDetails(null)}
      />
    </>
  );
}

interface ColumnParts extends Pick<BrandConsentsProps, "schedules" | "onAsk"> {
  onShow: (id: string) => void;
}

const columnsOf = ({ schedules, onAsk, onShow }: ColumnParts): Column<BrandConsent>[] => [
  {
    key: "name",
    title: "Brand",
    sort: true,
    width: 168,
    render: (brand) => (
      <button type="button" className="tm-link tm-brief" data-tip={brand.name} onClick={() => onShow(brand.id)}>
        {brand.name}
      </button>
    ),
  },
  { key: "cover", title: "Cover", sort: true, narrow: true, width: 148, render: (brand) => <CoverTag brand={brand} /> },
  ...(onAsk
    ? [
        {
          key: "acts",
          title: "Next step",
          width: 140,
          render: (brand: BrandConsent) =>
            brand.accounts.length === 0 ? (
              <Link to="/accounts?brand=none">Assign accounts</Link>
            ) : (
              <span className="tm-row-acts">
                <Button
                  size="small"
                  aria-label={`${askWords(brand)} for ${brand.name}`}
                  onClick={() => onAsk({ brand: { id: brand.id, name: brand.name } })}
                >
                  {askBriefly(brand)}
                </Button>
              </span>
            ),
        },
      ]
    : []),
  {
    key: "usable",
    title: "Grantors",
    sort: true,
    numeric: true,
    width: 96,
    render: ({ usable }) => <Count value={usable} />,
  },
  { key: "grantors", title: "Who", narrow: true, width: 176, render: (brand) => <Grantors brand={brand} /> },
  {
    key: "accounts",
    title: "Accounts",
    sort: true,
    numeric: true,
    width: 108,
    render: ({ accounts }) => <Count value={accounts.length} />,
  },
  {
    key: "schedules",
    title: "Syncs",
    numeric: true,
    width: 76,
    render: ({ accounts }) => <Count value={scheduleCount(schedules, accounts)} />,
  },
  {
    key: "endsAt",
    title: "First may end",
    hint: "The first of its consents to reach a year: Amazon can end a consent then.",
    sort: true,
    width: 184,
    render: ({ endsAt, usable }) => <MayEnd at={endsAt} none={usable > 0 ? "not known" : ""} />,
  },
];

const shown = 2;

function Grantors({ brand: { grantors } }: { brand: BrandConsent }) {
  if (grantors.length === 0) return <span className="tm-muted">nobody</span>;
  const more = grantors.length - shown;
  return (
    <span className="tm-grantors">
      {grantors.slice(0, shown).map(({ connectionId, name, state }, index) => (
        <span key={connectionId} className="tm-nowrap">
          <Link to={`/connections/${connectionId}`}>{name}</Link>
          {usableStates.includes(state) ? null : <span className="tm-muted"> ({stateWord(state).toLowerCase()})</span>}
          {index < Math.min(shown, grantors.length) - 1 ? ", " : null}
        </span>
      ))}
      {more > 0 ? <span className="tm-muted"> and {plural(more, "other")}</span> : null}
    </span>
  );
}
