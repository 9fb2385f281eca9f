// A chart as files: its numbers as CSV, the drawing as PNG.
import type { ChartSeries, Point } from "./chart-config";

const UTF8_MARK = "\ufeff";

// A spreadsheet takes a text that begins so for a formula.
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const stateOf = ({ partial, settled }: Point): string => {
  if (partial) return "partial day";
  return settled === false ? "settling" : "final";
};

/** Days down, series across, raw numbers; the last column says whether Amazon can still change the day. */
export function chartCsv(series: readonly ChartSeries[], unit?: string): Blob {
  const header = ["Day", ...series.map(({ label }) => (unit ? `${label} (${unit})` : label)), "State"];
  const lines = (series[0]?.points ?? []).map((point, index) => [
    point.day,
    ...series.map(({ points }) => String(points[index]?.value ?? "")),
    stateOf(point),
  ]);
  return csvOf(header, lines);
}

/** A header and lines of texts as a file that spreadsheets read. */
export function csvOf(header: readonly string[], lines: readonly (readonly string[])[]): Blob {
  const rows = [header, ...lines].map((cells) => cells.map(quoted).join(","));
  return new Blob([`${UTF8_MARK}${rows.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
}

/** The drawing on a ground of its own: the canvas has none. */
export async function pictureOf(canvas: HTMLCanvasElement, ground: string): Promise<Blob> {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas.");
  context.fillStyle = ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) =>
    copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be made.")))),
  );
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
