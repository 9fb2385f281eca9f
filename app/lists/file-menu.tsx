import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import type { ResourceDescription } from "#server/api/describe";
import type { ExportAnswer } from "#server/exports/contract";
import { useAct } from "~/providers/act";
import { actionUrl } from "~/providers/data";
import { usePlace } from "~/shell/use-place";
import { useViewer } from "~/shell/viewer";
import { MOST_COUNTED } from "~/ui/pager";
import type { ImportDrawerProps } from "./import-drawer";
import { lazyDrawer } from "./lazy";

const ImportDrawer = lazyDrawer<ImportDrawerProps>(() => import("./import-drawer"));

/** Files of another shape than the list's rows. */
export interface OtherFiles {
  description: ResourceDescription;
  /** "roles" */
  what: string;
}

interface FileMenuProps {
  description: ResourceDescription;
  what: string;
  other?: OtherFiles | undefined;
  total: number;
  wire: string;
  /** Keys of the columns that are shown. */
  fields: string[];
}

/** Whether a file could make or change any of the resource's records. */
export function mayImport(description: ResourceDescription, permissions: readonly string[]): boolean {
  const { fields, key, actions, updatePermission, createPermission } = description;
  const acts = actions.filter(({ bulk }) => bulk).map(({ permission }) => permission);
  const needed = createPermission ?? updatePermission ?? acts[0];
  return key !== null && fields.some(({ importable }) => importable) && permissions.includes(needed ?? "");
}

/** The list as a file, and files into the list. */
export function FileMenu({ description, what, other, total, wire, fields }: FileMenuProps) {
  const [importing, setImporting] = useState(false);
  const viewer = useViewer();
  const columns = fields.length > 0 ? `_columns=${fields.join(",")}` : "";
  const query = [wire, columns].filter(Boolean).join("&");
  const href = `${actionUrl(description.name, "export")}?${query}`;
  const imported = [{ description, what }, ...(other ? [other] : [])].find((files) =>
    mayImport(files.description, viewer.permissions),
  );
  const { act } = useAct("exports");
  const { goTo } = usePlace();
  const mayBeLong = total > MOST_COUNTED;
  const exported = `Export ${mayBeLong ? `all ${MOST_COUNTED.toLocaleString("en")}+` : total.toLocaleString("en")} ${what} as CSV`;
  /** A long list is written in the background, and told of on a page of its own. */
  const exportLong = async () => {
    const answer = await act<ExportAnswer>({ action: "ask", input: { list: description.name, query } });
    if (answer.export) goTo("/exports");
    else window.location.assign(href);
  };
  const items = [
    mayBeLong
      ? { key: "export", label: exported, onClick: () => void exportLong().catch(() => {}) }
      : {
          key: "export",
          label: (
            <a href={href} download>
              {exported}
            </a>
          ),
        },
    ...(other
      ? [
          {
            key: "other",
            label: (
              <a href={actionUrl(other.description.name, "export")} download>
                Export {other.what} as CSV
              </a>
            ),
          },
        ]
      : []),
    ...(imported
      ? [
          {
            key: "import",
            label: `Import ${imported === other ? `${other.what} ` : ""}from CSV…`,
            onClick: () => setImporting(true),
          },
        ]
      : []),
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button>
          File <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {imported ? <ImportDrawer open={importing} onClose={() => setImporting(false)} {...imported} /> : null}
    </>
  );
}
