import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useState } from "react";

const SHOWN_MS = 2_000;

/** Copies `text` and says so, also to screen readers. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    // Absent outside secure origins.
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    done.then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  const words = { copied: "Copied", refused: "The browser refused; select and copy by hand" };
  return (
    <>
      <Button
        type="text"
        size="small"
        aria-label={`Copy ${what}`}
        data-tip={outcome ? words[outcome] : `Copy ${what}`}
        icon={outcome === "copied" ? <CheckOutlined /> : <CopyOutlined />}
        onClick={copy}
      />
      <span className="tm-unseen" aria-live="polite">
        {outcome ? words[outcome] : ""}
      </span>
    </>
  );
}
