import { Button } from "antd";
import type { ThemeSettings, ThemeVersion } from "#server/workspace/theme-contract";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";

interface ThemeHistoryProps {
  versions: ThemeVersion[];
  /** Null: this person may not. */
  onRollBack: ((version: ThemeVersion) => void) | null;
}

/** Every published version, what it changed, and the way back to it. */
export function ThemeHistory({ versions, onRollBack }: ThemeHistoryProps) {
  if (versions.length === 0) return <p className="tm-muted">Nothing was published yet.</p>;
  return (
    <ol className="tm-versions">
      {versions.map((version, at) => (
        <li key={version.number}>
          <span className="tm-swatches">
            {(["light", "dark"] as const).map((mode) => (
              <span key={mode} className="tm-swatch" style={{ background: version.settings.accent[mode] }} />
            ))}
          </span>
          <span className="tm-version-words">
            <strong>Version {version.number}</strong>
            <span className="tm-muted">
              {version.by}, <Time at={version.publishedAt} past />
            </span>
            <span className="tm-muted">{changeWords(versions[at + 1]?.settings, version.settings)}</span>
          </span>
          {version.current ? (
            <StatusTag signal="ok">In force</StatusTag>
          ) : onRollBack ? (
            <Button size="small" onClick={() => onRollBack(version)}>
              Roll back to version {version.number}
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

const names: [keyof ThemeSettings, string][] = [
  ["accent", "accent"],
  ["radius", "corner radius"],
  ["productName", "product name"],
  ["logo", "logo"],
  ["mailSender", "sender's name"],
  ["footer", "footer"],
];

/** "Changed accent and logo." */
export function changeWords(before: ThemeSettings | undefined, after: ThemeSettings): string {
  if (!before) return "The first.";
  const changed = names.filter(([key]) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const words = changed.map(([, name]) => name);
  if (words.length === 0) return "Changed nothing.";
  return `Changed ${words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]}.`;
}
