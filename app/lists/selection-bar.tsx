import { Button } from "antd";
import { type ReactNode, useState } from "react";
import type { ActionDescription, ResourceDescription } from "#server/api/describe";
import type { BulkForm } from "./bulk-form";
import type { BulkSheetProps } from "./bulk-sheet";
import type { HistoryDrawerProps } from "./history-drawer";
import { lazyDrawer } from "./lazy";
import { countWords } from "./words";

const BulkSheet = lazyDrawer<BulkSheetProps>(() => import("./bulk-sheet"));
export const HistoryDrawer = lazyDrawer<HistoryDrawerProps>(() => import("./history-drawer"));

/** As many as one request takes. */
const MOST = 2_000;

export interface SelectionBarProps {
  description: ResourceDescription;
  what: string;
  actions: ActionDescription[];
  selected: string[];
  /** Rows of the page, by id. */
  names: Record<string, string>;
  total: number;
  wire: string;
  onChange: (ids: string[]) => void;
  onHistory: ((id: string) => void) | null;
  forms?: Record<string, BulkForm> | undefined;
  /** Acts of the page's own. */
  more?: ReactNode;
}

/** What was chosen when the sheet was opened: rows may leave the list while it shows what became of them. */
type Acting = Pick<BulkSheetProps, "action" | "open" | "ids" | "matching" | "names">;

/** The acts on the rows that are selected: on those of the page, or on all that match. */
export function SelectionBar(props: SelectionBarProps) {
  const { description, what, actions, selected, names, total, wire, onChange, onHistory, forms, more } = props;
  const [isAll, setIsAll] = useState(false);
  const [acting, setActing] = useState<Acting | null>(null);
  const pageIds = Object.keys(names);
  const isPage = pageIds.length > 0 && pageIds.every((id) => selected.includes(id));
  const all = isAll && isPage;
  const count = all ? total : selected.length;
  const clear = () => {
    setIsAll(false);
    onChange([]);
  };
  return (
    <>
      <section className="tm-tools tm-tools-selection" aria-label="Selected rows">
        <strong aria-live="polite">
          {all ? `All ${countWords(total, what, description)} selected` : `${count} selected`}
        </strong>
        {isPage && !all && total > selected.length && total <= MOST ? (
          <Button type="link" onClick={() => setIsAll(true)}>
            Select all {countWords(total, what, description)} that match
          </Button>
        ) : null}
        {actions.map((action, index) => (
          <Button
            key={action.name}
            {...(index === 0 ? { type: "primary" as const } : {})}
            onClick={() =>
              setActing({
                action,
                open: true,
                ids: selected,
                matching: all ? { query: wire, count: total } : null,
                names,
              })
            }
          >
            {action.label} {countWords(count, what, description)}
          </Button>
        ))}
        {all ? null : more}
        {onHistory && selected.length === 1 && !all ? (
          <Button onClick={() => onHistory(selected[0] ?? "")}>History</Button>
        ) : null}
        <Button type="text" onClick={clear}>
          Clear selection
        </Button>
      </section>
      {acting ? (
        <BulkSheet
          key={acting.action.name}
          {...acting}
          onClose={() => setActing({ ...acting, open: false })}
          onDone={clear}
          description={description}
          what={what}
          form={forms?.[acting.action.name]}
        />
      ) : null}
    </>
  );
}
