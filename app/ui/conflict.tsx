// Somebody else saved first: both versions side by side, and the choice between them.
import { Alert, Button } from "antd";

/** A field of the form, as a person reads it. */
export interface ComparedField<V> {
  name: keyof V & string;
  label: string;
  show(values: V): string;
}

export interface Versions<V> {
  /** As it was when the form was filled. */
  before: V;
  mine: V;
  /** As it is now. */
  now: V;
}

/** What is kept when one's own version is saved over the other: fields one did not touch stay as the other has them. */
export const untouched = <V,>(fields: readonly ComparedField<V>[], { before, mine }: Versions<V>): ComparedField<V>[] =>
  fields.filter(({ show }) => show(mine) === show(before));

interface ConflictProps<V> {
  fields: readonly ComparedField<V>[];
  versions: Versions<V>;
  onMine: () => void;
  onNow: () => void;
  busy: boolean;
}

export function Conflict<V>({ fields, versions, onMine, onNow, busy }: ConflictProps<V>) {
  const { before, mine, now } = versions;
  const rows = fields.filter(({ show }) => show(mine) !== show(now) || show(before) !== show(now));
  return (
    <section className="tm-conflict" aria-label="Two versions">
      <Alert
        type="warning"
        showIcon
        message="Somebody else changed this while you did"
        description="Nothing of yours is saved yet. Fields that you left alone stay as they are now."
      />
      <table className="tm-changes">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((field) => (
            <tr key={field.name}>
              <th scope="row">{field.label}</th>
              <td>
                {field.show(mine) === field.show(before) ? (
                  <span className="tm-muted">not changed by you</span>
                ) : (
                  field.show(mine) || "none"
                )}
              </td>
              <td>{field.show(now) || "none"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="tm-row-acts">
        <Button type="primary" loading={busy} onClick={onMine}>
          Save my changes over it
        </Button>
        <Button onClick={onNow}>Take what is there now</Button>
      </div>
    </section>
  );
}
