import { useNotification } from "@refinedev/core";
import { useState } from "react";

/** Sets SQL in order; the code that does so comes when it is first used. */
export function useFormatting(onDone: (sql: string) => void) {
  const { open } = useNotification();
  const [formatting, setFormatting] = useState(false);
  const format = async (sql: string) => {
    setFormatting(true);
    try {
      const { format: arrange } = await import("sql-formatter");
      onDone(arrange(sql, { language: "postgresql", keywordCase: "upper", tabWidth: 2 }));
    } catch {
      open?.({ type: "error", message: "The SQL cannot be read well enough to set it in order." });
    } finally {
      setFormatting(false);
    }
  };
  return { format, formatting };
}
