import { Checkbox } from "antd";
import { neverForKeys } from "#server/workspace/key-contract";
import { useViewer } from "~/shell/viewer";

/** `amazon-calls` as "Amazon calls". */
const nounWords = (noun: string): string => {
  const words = noun.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const verbs = [
  { verb: "read", label: "See" },
  { verb: "write", label: "Change" },
] as const;

const split = (permission: string): { noun: string; verb: string } => {
  const [noun = "", verb = ""] = permission.split(".");
  return { noun, verb };
};

/** "Brands: see, change · Campaigns: see". */
export function permissionWords(permissions: readonly string[]): string {
  const nouns = [...new Set(permissions.map((permission) => split(permission).noun))].sort();
  return nouns
    .map((noun) => {
      const held = verbs
        .filter(({ verb }) => permissions.includes(`${noun}.${verb}`))
        .map(({ label }) => label.toLowerCase());
      return `${nounWords(noun)}: ${held.join(", ")}`;
    })
    .join(" · ");
}

interface KeyPermissionsProps {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** What the viewer may do, by subject; a key can have no more. */
export function KeyPermissions({ id, value = [], onChange }: KeyPermissionsProps) {
  const { permissions } = useViewer();
  const offered = permissions.filter((permission) => !neverForKeys.includes(permission));
  const nouns = [...new Set(offered.map((permission) => split(permission).noun))].sort();
  const toggle = (permission: string, on: boolean) =>
    onChange?.(on ? [...value, permission] : value.filter((held) => held !== permission));
  return (
    // Focus goes here when the server refuses what was chosen.
    <div id={id} tabIndex={-1} className="tm-key-permissions">
      {nouns.map((noun) => (
        <div key={noun}>
          <span aria-hidden="true">{nounWords(noun)}</span>
          {verbs
            .filter(({ verb }) => offered.includes(`${noun}.${verb}`))
            .map(({ verb, label }) => (
              <Checkbox
                key={verb}
                aria-label={`${label} ${nounWords(noun).toLowerCase()}`}
                checked={value.includes(`${noun}.${verb}`)}
                onChange={({ target }) => toggle(`${noun}.${verb}`, target.checked)}
              >
                {label}
              </Checkbox>
            ))}
        </div>
      ))}
    </div>
  );
}
