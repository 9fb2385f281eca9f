// The frame of every chart: title, legend, the same numbers as a table (T), files.
import { BarChartOutlined, DownloadOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { palettes } from "~/palette";
import { pictureOf, save } from "./chart-files";
import { useView } from "./view";

interface SaveMenuProps extends Pick<ChartFigureProps, "name" | "csv"> {
  /** Gives null where nothing was drawn on a canvas. */
  canvas(): HTMLCanvasElement | null;
  /** Whether the drawing is shown, so that a picture can be taken. */
  drawn: boolean;
}

function SaveMenu({ name, csv, canvas, drawn }: SaveMenuProps) {
  const { mode } = useView();
  const saveAs = async (kind: string) => {
    if (kind === "csv") return save(csv(), `${name}.csv`);
    const picture = canvas();
    if (picture) save(await pictureOf(picture, palettes[mode].canvas), `${name}.png`);
  };
  const items = [{ key: "csv", label: "Numbers as CSV" }, ...(drawn ? [{ key: "png", label: "Picture as PNG" }] : [])];
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void saveAs(key) }} trigger={["click"]}>
      <Button type="text" size="small" icon={<DownloadOutlined />} aria-haspopup="menu">
        Save
      </Button>
    </Dropdown>
  );
}

export interface ChartFigureProps {
  /** The finding or the question: "Is spend on pace?". */
  title: ReactNode;
  /** What the chart shows, for screen readers: "Daily spend in USD". */
  name: string;
  unit?: string | undefined;
  legend?: ReactNode;
  /** The same numbers as a table. */
  twin: ReactNode;
  csv(): Blob;
  /** Kept while the drawing is on its way; left out: as high as what is in it. */
  height?: number;
  /** `canvas`: a picture, which says to screen readers what it is of. `text`: read as it stands. */
  drawing: { kind: "canvas" | "text"; node: ReactNode };
  onPress?: ((event: MouseEvent) => void) | undefined;
  /** Under the drawing, not under the table. */
  below?: ReactNode;
}

export function ChartFigure(props: ChartFigureProps) {
  const { title, name, unit, legend, twin, csv, height, drawing, onPress, below } = props;
  const [asTable, setAsTable] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "t" && !event.metaKey && !event.ctrlKey && !event.altKey) setAsTable(!asTable);
  };
  return (
    <figure className="tm-chart" onKeyDown={onKey}>
      <figcaption>
        <h3>
          {title}
          {unit ? <span className="tm-unit">, {unit}</span> : null}
        </h3>
        {legend ?? <span className="tm-spring" />}
        <span className="tm-chart-acts">
          <Button
            type="text"
            size="small"
            icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
            onClick={() => setAsTable(!asTable)}
            aria-pressed={asTable}
            data-tip="T shows the same as a table"
          >
            {asTable ? "Chart" : "Table"}
          </Button>
          <SaveMenu
            name={name}
            csv={csv}
            drawn={drawing.kind === "canvas" && !asTable}
            canvas={() => body.current?.querySelector("canvas") ?? null}
          />
        </span>
      </figcaption>
      <div ref={body} style={{ height }} className="tm-chart-body">
        {asTable ? twin : null}
        {!asTable && drawing.kind === "text" ? drawing.node : null}
        {!asTable && drawing.kind === "canvas" ? (
          <div
            role="img"
            aria-label={`${name}. The same numbers are in the table.`}
            style={{ height }}
            {...(onPress ? { onClick: onPress, className: "tm-chart-days" } : {})}
          >
            {drawing.node}
          </div>
        ) : null}
      </div>
      {asTable ? null : below}
    </figure>
  );
}
