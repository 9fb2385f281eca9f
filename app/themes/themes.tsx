import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AGENCY_THEME, logoUrl, type Theme } from "#server/workspace/theme-contract";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { loadThemes } from "./themes.server";

export const meta: MetaFunction = () => [{ title: "Themes · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadThemes(args);
export const shouldRevalidate = keepsLoader();

export default function Themes() {
  const table = useSeededTable<Theme>("themes", useLoaderData<typeof loader>());
  return (
    <Page
      title="Themes"
      description="How Tidemark looks to the people of each brand: colours, logo, name, mails and covers."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="themes"
        searchLabel="Search brands"
        empty={<EmptyState title="Your brands' looks will be here">Nobody has given you a brand yet.</EmptyState>}
      />
    </Page>
  );
}

const columns: Column<Theme>[] = [
  {
    key: "name",
    title: "Brand",
    width: 280,
    render: ({ id, name }) => (
      <>
        <Link to={`/themes/${id}`}>{name}</Link>
        {id === AGENCY_THEME ? <span className="tm-muted"> (the agency itself)</span> : null}
      </>
    ),
  },
  { key: "look", title: "Look", width: 220, narrow: true, render: (theme) => <Swatches {...theme} /> },
  { key: "from", title: "In force", width: 220, narrow: true, render: (theme) => <From {...theme} /> },
  {
    key: "draft",
    title: "Draft",
    width: 220,
    render: ({ draft }) =>
      draft ? (
        <>
          {draft.by}, <Time at={draft.changedAt} past />
        </>
      ) : (
        <span className="tm-muted">None</span>
      ),
  },
  { key: "publishedAt", title: "Published", render: ({ published }) => <Time at={published?.publishedAt} past /> },
];

function Swatches({ name, inForce }: Theme) {
  const { accent, logo } = inForce;
  return (
    <span className="tm-swatches">
      {(["light", "dark"] as const).map((mode) => (
        <span
          key={mode}
          className="tm-swatch"
          style={{ background: accent[mode] }}
          data-tip={`${mode}: ${accent[mode]}`}
        />
      ))}
      <code>{accent.light}</code>
      {logo.light ? <img className="tm-logo" src={logoUrl(logo.light)} alt={`Logo of ${name}`} /> : null}
    </span>
  );
}

function From({ from, published }: Theme) {
  if (from === "own") return <StatusTag signal="ok">{`Own, version ${published?.number}`}</StatusTag>;
  return <StatusTag signal="off">{from === "agency" ? "The agency's" : "Tidemark's own"}</StatusTag>;
}
