import type { Belonging } from "#server/workspace/role-contract";

const kindWords: Record<string, string> = {
  connection: "Connection",
  brand: "Brand",
  "API key": "API key",
  "shared view": "Shared view",
};

/** What hangs on a person; API keys come with a warning, as whoever leaves may know them. */
export function BelongingList({ items }: { items: Belonging[] }) {
  return (
    <>
      <ul className="tm-plain-list">
        {items.map(({ id, kind, label }) => (
          <li key={id}>
            <span className="tm-muted">{kindWords[kind] ?? kind}</span> {label}
          </li>
        ))}
      </ul>
      {items.some(({ kind }) => kind === "API key") ? (
        <p className="tm-muted">
          Keys go on working within what they may do now. Whoever leaves may know them: rotate them after the hand-over.
        </p>
      ) : null}
    </>
  );
}
