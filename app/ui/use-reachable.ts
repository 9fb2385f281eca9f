import { type RefObject, useEffect } from "react";

/** A table that scrolls and holds nothing to focus can be focused itself, and so scrolled by keyboard. */
export function useReachable(table: RefObject<HTMLElement>, name: string): void {
  useEffect(() => {
    const box = table.current?.querySelector<HTMLElement>(".ant-table-content");
    if (!box) return;
    const look = () => {
      const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
      const inside = [...box.querySelectorAll("a, button, input, [tabindex='0']")];
      // Antd measures titles in an unseen row.
      const isReached = inside.some((one) => !one.closest(".ant-table-measure-row"));
      const wanted = scrolls && !isReached;
      for (const [key, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": `Table of ${name}` })) {
        if (wanted) box.setAttribute(key, value);
        else box.removeAttribute(key);
      }
    };
    const seen = new ResizeObserver(look);
    seen.observe(box);
    return () => seen.disconnect();
  }, [table, name]);
}
