import { Link } from "~/providers/router";
import { accountsWithout } from "./wall-words";

/** How many accounts belong to no brand; nothing while there are none, or for those who cannot give them one. */
export function Unassigned({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="tm-unassigned">
      {count} {count === 1 ? "account belongs" : "accounts belong"} to no brand.{" "}
      <Link to={accountsWithout}>Assign accounts</Link>
    </p>
  );
}
