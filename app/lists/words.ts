import type { ResourceDescription } from "#server/api/describe";

/** "1 account", "12 accounts". `what` is the plural. */
export const countWords = (count: number, what: string, { title }: Pick<ResourceDescription, "title">): string =>
  `${count.toLocaleString("en")} ${count === 1 ? title.toLowerCase() : what}`;

/** Gives a text to the browser as a file to keep. */
export function download(name: string, text: string, type = "text/csv"): void {
  const url = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

const formula = /^[=+\-@\t\r＝＋－＠]/;

/** Lines of CSV in which no cell is a formula. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(","))
    .join("\r\n");
