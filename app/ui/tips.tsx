// One tooltip for the whole page: any element with `data-tip` shows it on hover and focus. Cheap enough for every cell of a table.
import { useEffect, useRef, useState } from "react";

interface Tip {
  text: string;
  left: number;
  top: number;
  below: boolean;
}

const GAP = 8;
const ROOM_ABOVE = 56;
const EDGE = 16;

const tipOf = (target: Element): Tip | null => {
  const text = target.getAttribute("data-tip");
  if (!text) return null;
  const box = target.getBoundingClientRect();
  const below = box.top < ROOM_ABOVE;
  const left = Math.min(Math.max(box.left + box.width / 2, EDGE), window.innerWidth - EDGE);
  return { text, left, top: below ? box.bottom + GAP : box.top - GAP, below };
};

export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = (event: Event) => {
      if (!(event.target instanceof Element) || ref.current?.contains(event.target)) return;
      const target = event.target.closest("[data-tip]");
      setTip(target ? tipOf(target) : null);
    };
    const hide = () => setTip(null);
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    document.addEventListener("pointerover", show);
    document.addEventListener("focusin", show);
    document.addEventListener("focusout", hide);
    document.addEventListener("keydown", onKey);
    window.addEventListener("scroll", hide, true);
    return () => {
      document.removeEventListener("pointerover", show);
      document.removeEventListener("focusin", show);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("keydown", onKey);
      window.removeEventListener("scroll", hide, true);
    };
  }, []);

  // Moves the tip inside the window once its width is known.
  useEffect(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box || !tip) return;
    const overRight = box.right - (window.innerWidth - EDGE);
    const overLeft = EDGE - box.left;
    const shift = overRight > 0 ? -overRight : Math.max(overLeft, 0);
    if (Math.abs(shift) > 1) setTip({ ...tip, left: tip.left + shift });
  }, [tip]);

  if (!tip) return null;
  return (
    <div ref={ref} className="tm-tip" role="tooltip" data-below={tip.below} style={{ left: tip.left, top: tip.top }}>
      {tip.text}
    </div>
  );
}
