import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import type { ResourceDescription } from "#server/api/describe";
import { actionUrl } from "~/providers/data";
import { useViewer } from "~/shell/viewer";
import { useExportItems } from "./export-menu";
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
  const exported = useExportItems({ name: description.name, query, what, total });
  const imported = [{ description, what }, ...(other ? [other] : [])].find((files) =>
    mayImport(files.description, viewer.permissions),
  );
  const items = [
    ...exported,
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
