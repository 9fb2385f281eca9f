// A list as a file: one choice of format. A long one is written in the background, and told of on a page of its own.
import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { type ExportAnswer, type FormatId, formatIds, formatWords } from "#server/exports/contract";
import { useAct } from "~/providers/act";
import { actionUrl } from "~/providers/data";
import { Link } from "~/providers/router";
import { usePlace } from "~/shell/use-place";
import { MOST_COUNTED } from "~/ui/pager";

interface Exported {
  /** The resource whose list it is. */
  name: string;
  /** What the API is asked for: filters, order, columns. */
  query: string;
  /** "brands" */
  what: string;
  /** Rows that match, as far as they are counted; null: nobody counted. */
  total: number | null;
}

const howMany = (total: number | null): string =>
  total === null
    ? ""
    : total > MOST_COUNTED
      ? `all ${MOST_COUNTED.toLocaleString("en")}+ `
      : `${total.toLocaleString("en")} `;

export function useExportItems({ name, query, what, total }: Exported): NonNullable<MenuProps["items"]> {
  const { act } = useAct("exports");
  const { goTo } = usePlace();
  const hrefOf = (format: FormatId) =>
    `${actionUrl(name, "export")}?${[query, `_format=${format}`].filter(Boolean).join("&")}`;
  const exportLong = async (format: FormatId) => {
    const answer = await act<ExportAnswer>({ action: "ask", input: { list: name, query, format } });
    if (answer.export) goTo("/exports");
    else window.location.assign(hrefOf(format));
  };
  const items = formatIds.map((format) => {
    const words = `Export ${howMany(total)}${what} as ${formatWords[format]}`;
    if (total !== null && total > MOST_COUNTED) {
      return { key: format, label: words, onClick: () => void exportLong(format).catch(() => {}) };
    }
    return {
      key: format,
      label: (
        <a href={hrefOf(format)} download>
          {words}
        </a>
      ),
    };
  });
  return [...items, { key: "receipts", label: <Link to="/exports">Exports and receipts</Link> }];
}

/** For a table that has no file menu of its own. */
export function ExportMenu(props: Exported) {
  const items = useExportItems(props);
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <Button size="small" aria-label={`Export ${props.what}`}>
        Export <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
