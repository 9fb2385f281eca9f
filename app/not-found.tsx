import type { MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { EmptyState } from "./ui/states";

export const meta: MetaFunction = () => [{ title: "Not found · Tidemark" }];

export const loader = () => data(null, { status: 404 });

export default function NotFound() {
  return (
    <main className="tm-alone">
      <EmptyState alone title="There is no such page" action={<Link to="/">Go to Home</Link>}>
        The address may be mistyped, or what it named was removed.
      </EmptyState>
    </main>
  );
}
