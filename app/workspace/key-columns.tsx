import { Button } from "antd";
import type { ApiKey, KeyState } from "#server/workspace/key-contract";
import type { Column } from "~/ui/data-table";
import { formatMoment } from "~/ui/format";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { permissionWords } from "./key-permissions";

export const keyStates: { value: KeyState; label: string }[] = [
  { value: "active", label: "Active" },
  { value: "replaced", label: "Replaced" },
  { value: "expired", label: "Expired" },
  { value: "revoked", label: "Revoked" },
];

interface KeyActs {
  /** The viewer's own id. */
  me: string;
  brands: readonly { id: string; name: string }[];
  mayWrite: boolean;
  onRotate: (key: ApiKey) => void;
  onRevoke: (key: ApiKey) => void;
}

const tags: Record<KeyState, { signal: Signal; label: string; why?: string }> = {
  active: { signal: "ok", label: "Active" },
  replaced: {
    signal: "waiting",
    label: "Replaced",
    why: "A newer key took its place; this one works until it expires.",
  },
  expired: { signal: "off", label: "Expired", why: "It is refused. Make a new one." },
  revoked: { signal: "off", label: "Revoked", why: "It is refused, since somebody revoked it." },
};

function KeyTag({ of: key }: { of: ApiKey }) {
  if (key.state === "active" && !key.ownerActive) {
    return (
      <StatusTag
        signal="paused"
        why={`${key.ownerName} is suspended: the key is refused until they may sign in again.`}
      >
        Paused
      </StatusTag>
    );
  }
  const { signal, label, why } = tags[key.state];
  return (
    <StatusTag signal={signal} why={why}>
      {label}
    </StatusTag>
  );
}

/** "Acme, Beta · from 203.0.113.0/24". */
function boundWords({ brandIds, networks }: ApiKey, brands: KeyActs["brands"]): string {
  const named = brandIds?.map((id) => brands.find((brand) => brand.id === id)?.name ?? "an archived brand");
  const where = networks.length > 0 ? `from ${networks.join(", ")}` : "from any network";
  return `${named?.join(", ") ?? "All its owner's brands"} · ${where}`;
}

export function keyColumns({ me, brands, mayWrite, onRotate, onRevoke }: KeyActs): Column<ApiKey>[] {
  const columns: Column<ApiKey>[] = [
    {
      key: "name",
      title: "Name",
      sort: true,
      width: 192,
      render: ({ name, start }) => (
        <>
          <strong>{name}</strong>
          <code className="tm-brief tm-muted tm-under">{start}…</code>
        </>
      ),
    },
    { key: "state", title: "State", narrow: true, width: 104, render: (key) => <KeyTag of={key} /> },
    {
      key: "owner",
      title: "Owner",
      width: 124,
      hint: "Whose rights bound the key, at the moment of use.",
      render: ({ ownerId, ownerName }) => (ownerId === me ? `${ownerName} (you)` : ownerName),
    },
    {
      key: "permissions",
      title: "May",
      width: 232,
      render: (key) => (
        <>
          <span className="tm-wrap">{permissionWords(key.permissions)}</span>
          <span className="tm-wrap tm-muted tm-under">{boundWords(key, brands)}</span>
        </>
      ),
    },
    {
      key: "lastUsedAt",
      title: "Last used",
      sort: true,
      width: 124,
      hint: "To the minute, and from where.",
      render: ({ lastUsedAt, lastUsedIp }) => (
        <>
          <Time at={lastUsedAt} none="Never" past />
          {lastUsedIp ? <span className="tm-brief tm-muted tm-under">{lastUsedIp}</span> : null}
        </>
      ),
    },
    {
      key: "expiresAt",
      title: "Expires",
      sort: true,
      narrow: true,
      width: 104,
      render: ({ expiresAt }) => <Time at={expiresAt} />,
    },
    {
      key: "createdAt",
      title: "Made",
      sort: true,
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} past />,
    },
  ];
  if (!mayWrite) return columns;
  const acts: Column<ApiKey> = {
    key: "acts",
    title: "Actions",
    narrow: true,
    width: 152,
    render: (key) =>
      key.state === "active" || key.state === "replaced" ? (
        <span className="tm-row-acts">
          {key.state === "active" && key.ownerId === me ? (
            <Button size="small" aria-label={`Rotate ${key.name}`} onClick={() => onRotate(key)}>
              Rotate
            </Button>
          ) : null}
          <Button size="small" aria-label={`Revoke ${key.name}, ${key.start}`} onClick={() => onRevoke(key)}>
            Revoke
          </Button>
        </span>
      ) : null,
  };
  return [...columns, acts];
}

/** "20 Nov 2026, 12:00 UTC", for sentences. */
export const momentWords = (iso: string, locale: string): string => formatMoment(new Date(iso), "UTC", locale);
