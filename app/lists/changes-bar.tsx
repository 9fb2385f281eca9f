import { Alert, Button } from "antd";
import type { FieldDescription, ResourceDescription } from "#server/api/describe";
import { useUnsaved } from "~/ui/unsaved";
import { ReferenceName } from "./described-fields";
import { decimalOf } from "./micros";
import type { Changes, Versioned } from "./use-changes";

interface ChangesBarProps {
  changes: Changes;
  description: ResourceDescription;
  nameOf: (row: Versioned) => string;
  onStop: () => void;
}

const plural = (count: number) => `${count} ${count === 1 ? "change" : "changes"}`;

/** How many cells differ, one button that saves them, and what could not be saved. */
export function ChangesBar({ changes, description, nameOf, onStop }: ChangesBarProps) {
  useUnsaved(changes.count > 0, "The changes in the table are not saved and would be lost.");
  const stop = () => {
    changes.discard();
    onStop();
  };
  return (
    <>
      <section className="tm-tools tm-tools-selection" aria-label="Changes in the table">
        <strong aria-live="polite">{changes.count === 0 ? "Editing: no changes yet" : plural(changes.count)}</strong>
        <Button
          type="primary"
          size="small"
          loading={changes.saving}
          disabled={changes.count === 0}
          onClick={() => void changes.save()}
        >
          Save
        </Button>
        <Button size="small" onClick={stop}>
          {changes.count === 0 ? "Stop editing" : "Discard"}
        </Button>
      </section>
      {changes.failure ? (
        <Alert
          type="error"
          showIcon
          className="tm-form-failure"
          message={changes.failure.message}
          description={changes.failure.remedy}
        />
      ) : null}
      {changes.all.map(({ row, refused }) =>
        refused ? <Refused key={row.id} id={row.id} {...{ changes, description, nameOf }} /> : null,
      )}
    </>
  );
}

function Refused({ id, changes, description, nameOf }: Omit<ChangesBarProps, "onStop"> & { id: string }) {
  const change = changes.all.find(({ row }) => row.id === id);
  const refused = change?.refused;
  if (!change || !refused) return null;
  if (refused.outcome !== "stale" || !refused.current) {
    return (
      <Alert
        type="error"
        showIcon
        className="tm-form-failure"
        message={`${nameOf(change.row)}: ${refused.reason}`}
        description={refused.remedy}
        action={
          <Button size="small" onClick={() => changes.drop(id)}>
            Drop this change
          </Button>
        }
      />
    );
  }
  const { current } = refused;
  const fields = description.fields.filter(({ key }) => key in change.set);
  return (
    <Alert
      type="warning"
      showIcon
      className="tm-form-failure"
      message={`Somebody else changed ${nameOf(change.row)} meanwhile. Which is to stay?`}
      description={
        <table className="tm-changes tm-compared">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">When you looked</th>
              <th scope="col">Now</th>
              <th scope="col">Yours</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label.replace(/ id$/, "")}</th>
                <td>
                  <Value field={field} value={change.row[field.key]} />
                </td>
                <td>
                  <Value field={field} value={current[field.key]} />
                </td>
                <td>
                  <Value field={field} value={change.set[field.key]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      action={
        <span className="tm-row-acts">
          <Button size="small" onClick={() => changes.keepMine(id)}>
            Keep mine
          </Button>
          <Button size="small" onClick={() => changes.drop(id)}>
            Take theirs
          </Button>
        </span>
      }
    />
  );
}

function Value({ field: { kind, reference }, value }: { field: FieldDescription; value: unknown }) {
  if (value === null || value === undefined || value === "") return "nothing";
  if (reference) return <ReferenceName resource={reference} id={String(value)} />;
  if (Array.isArray(value)) return value.join(", ") || "nothing";
  return kind === "money" ? decimalOf(String(value)) : String(value);
}
