import { fewest, most } from "#server/insights/compare-contract";
import { LinkButton } from "~/ui/link-button";

/** Leads from selected campaigns to their comparison; says how many it takes. */
export function CompareButton({ ids, search }: { ids: string[]; search: string }) {
  if (ids.length < fewest || ids.length > most) {
    return (
      <span className="tm-muted">
        Choose {fewest} to {most} to compare them
      </span>
    );
  }
  const params = new URLSearchParams(search);
  for (const id of ids) params.append("id", id);
  return <LinkButton to={`/compare?${params}`}>Compare {ids.length} campaigns</LinkButton>;
}
