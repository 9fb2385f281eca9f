// The parts of a workbook that do not depend on its rows (ECMA-376, SpreadsheetML).
import type { About, CellType, FileColumn } from "./define";

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Index of the cell format in `styles`. */
export const styleOf: Record<CellType, number> = {
  text: 0,
  boolean: 0,
  decimal: 0,
  integer: 1,
  money: 2,
  percent: 3,
  date: 4,
  moment: 5,
};
const headerStyle = 6;

const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="#,##0.00####"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${[3, 166, 10, 164, 165]
  .map((format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
  .join(
    "",
  )}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export const parts: readonly (readonly [name: string, xml: string])[] = [
  [
    "[Content_Types].xml",
    `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${[1, 2].map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`).join("")}</Types>`,
  ],
  [
    "_rels/.rels",
    `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `${head}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="About" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${head}<Relationships xmlns="${packages}/relationships">${[1, 2].map((n) => `<Relationship Id="rId${n}" Type="${relationships}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="rId3" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ["xl/styles.xml", styles],
];

/** 0 is A, 26 is AA. */
export const columnName = (index: number): string =>
  (index < 26 ? "" : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
const special = /[&<>]|[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text of an XML element; what XML cannot hold is written as Excel does, `_x0007_`. */
export const escaped = (text: string): string =>
  text.replace(
    special,
    (char) => signs[char] ?? `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
  );

const textAt = (at: string, text: string, style: number) =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** ISO text says its zone, a typed cell cannot. */
const headOf = ({ label, type }: FileColumn) => (type === "moment" ? `${label}, UTC` : label);

const widthOf = ({ label, type }: FileColumn) =>
  Math.min(40, Math.max(type === "text" ? 24 : type === "moment" ? 20 : 13, label.length + 3));

/** To the first row of data: the header stays in view. */
export function sheetHead(columns: readonly FileColumn[]): string {
  const widths = columns.map(
    (column, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`,
  );
  const header = columns.map((column, index) => textAt(`${columnName(index)}1`, headOf(column), headerStyle)).join("");
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData><row r="1">${header}</row>`;
}

export const sheetTail = (lastColumn: string, lastRow: number): string =>
  `</sheetData><autoFilter ref="A1:${lastColumn}${lastRow}"/></worksheet>`;

export function aboutSheet(about: About): string {
  const rows = about.map(
    ([label, words], index) =>
      `<row r="${index + 1}">${textAt(`A${index + 1}`, label, headerStyle)}${textAt(`B${index + 1}`, words, 0)}</row>`,
  );
  return `${head}<worksheet xmlns="${main}"><cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
}
