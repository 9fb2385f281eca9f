// What a role may do: a row a noun, a column each for seeing and changing, and money as a switch of its own.
import { Checkbox, Switch } from "antd";
import { grantable, type NounId, nounIds, nounOf } from "#server/workspace/role-contract";
import { canEverywhere } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";

interface MatrixProps {
  value?: string[];
  onChange?: (permissions: string[]) => void;
  /** Shown, not asked. */
  readOnly?: boolean;
}

const MONEY = "money.read";
const rows = nounIds.filter((id) => id !== "money");

/** Whoever may change something sees it; who no longer sees it, changes it no more. */
function toggled(held: readonly string[], permission: string, on: boolean): string[] {
  const [noun = "", act] = permission.split(".");
  const [read, write] = [`${noun}.read`, `${noun}.write`];
  const next = new Set(held);
  if (on) {
    next.add(permission);
    if (act === "write") next.add(read);
  } else {
    next.delete(permission);
    if (act === "read") next.delete(write);
  }
  return grantable.filter((known) => next.has(known));
}

export function PermissionMatrix({ value = [], onChange, readOnly = false }: MatrixProps) {
  const viewer = useViewer();
  const set = (permission: string, on: boolean) => onChange?.(toggled(value, permission, on));
  const cell = (noun: NounId, act: "read" | "write") => {
    const words = nounOf(noun)[act];
    const permission = `${noun}.${act}`;
    if (!words) return <span className="tm-muted">–</span>;
    const lacking = !canEverywhere(viewer, permission);
    return (
      <span data-tip={lacking && !readOnly ? "You may not do this yourself, so you cannot give it." : words}>
        <Checkbox
          aria-label={words}
          checked={value.includes(permission)}
          disabled={readOnly || lacking}
          onChange={({ target }) => set(permission, target.checked)}
        />
      </span>
    );
  };
  return (
    <>
      <div className="tm-money-switch">
        <Switch
          aria-label="Sees money"
          checked={value.includes(MONEY)}
          disabled={readOnly || !canEverywhere(viewer, MONEY)}
          onChange={(on) => set(MONEY, on)}
        />
        <span>
          <strong>Sees money</strong>{" "}
          <span className="tm-muted">Spend, sales, budgets and prices. Off: those columns say "hidden".</span>
        </span>
      </div>
      <table className="tm-matrix">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Sees</th>
            <th scope="col">Changes</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((noun) => (
            <tr key={noun}>
              <th scope="row">
                {nounOf(noun).label}
                <small>{[nounOf(noun).read, nounOf(noun).write].filter(Boolean).join(" · ")}</small>
              </th>
              <td>{cell(noun, "read")}</td>
              <td>{cell(noun, "write")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
