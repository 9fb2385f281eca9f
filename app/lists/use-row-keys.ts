import { type RefObject, useEffect, useState } from "react";
import { isTyping, readOn } from "~/shell/use-keys";

export interface RowKeys {
  /** Ids of the rows, from above. */
  ids: string[];
  toggle?: ((id: string) => void) | undefined;
  edit?: (() => void) | undefined;
  history?: ((id: string) => void) | undefined;
}

const press = (selector: string, within: ParentNode): boolean => {
  const found = within.querySelector<HTMLElement>(selector);
  found?.click();
  return Boolean(found);
};

/** j, k, x, e, c and h on the first list of the page. @returns the row they are about */
export function useRowKeys(
  list: RefObject<HTMLElement | null>,
  { ids, toggle, edit, history }: RowKeys,
): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const at = current === null ? -1 : ids.indexOf(current);
  useEffect(() => {
    const step = (by: number): boolean => {
      const id = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
      if (id === undefined) return false;
      setCurrent(id);
      const row = list.current?.querySelector<HTMLElement>(`tr[data-row-key="${CSS.escape(id)}"]`);
      row?.scrollIntoView({ block: "nearest" });
      row?.querySelector<HTMLElement>("a, button, input")?.focus({ preventScroll: true });
      return true;
    };
    const act = (key: string): boolean => {
      const id = ids[at];
      if (key === "j") return step(1);
      if (key === "k") return step(at < 0 ? 0 : -1);
      if (key === "c") return press(".tm-page-side .ant-btn-primary", document);
      if (key === "e" && edit) {
        edit();
        return true;
      }
      if (id === undefined) return false;
      if (key === "x" && toggle) toggle(id);
      else if (key === "h" && history) history(id);
      else return false;
      return true;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !readOn()) return;
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector(".tm-list") !== list.current) return;
      if (act(event.key.toLowerCase())) event.preventDefault();
    };
    // Past the document, where the frame's own keys such as `g c` are taken first.
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [ids, at, list, toggle, edit, history]);
  return at < 0 ? null : current;
}
