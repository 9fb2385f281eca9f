import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import type { ThemeSettings } from "#server/workspace/theme-contract";
import { fromFile, toFile } from "./theme-file";

interface ThemeFileButtonsProps {
  themeId: string;
  name: string;
  settings: ThemeSettings;
  /** Null: this person may not. */
  onImport: ((settings: ThemeSettings) => void) | null;
}

/** Export and import as JSON. What is imported is not saved until the person does. */
export function ThemeFileButtons({ themeId, name, settings, onImport }: ThemeFileButtonsProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const url = URL.createObjectURL(await toFile(settings));
    const link = Object.assign(document.createElement("a"), {
      href: url,
      download: `theme-${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.json`,
    });
    link.click();
    URL.revokeObjectURL(url);
  };
  const read = async (file: File | undefined) => {
    if (!file || !onImport) return;
    setProblem(null);
    try {
      onImport(await fromFile(themeId, await file.text()));
    } catch (thrown) {
      setProblem((thrown as { message?: string }).message ?? "The file could not be read.");
    }
    if (input.current) input.current.value = "";
  };
  return (
    <div className="tm-theme-files">
      <Button onClick={() => void save()}>Export as JSON</Button>
      {onImport ? <Button onClick={() => input.current?.click()}>Import JSON</Button> : null}
      <input
        ref={input}
        type="file"
        className="tm-unseen"
        tabIndex={-1}
        aria-label="Theme file"
        accept=".json,application/json"
        onChange={({ target }) => void read(target.files?.[0])}
      />
      {problem ? <Alert type="error" showIcon role="alert" message={problem} /> : null}
    </div>
  );
}
