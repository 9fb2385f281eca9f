export { beginExport, writeExportName } from "./begin-export";
export { cancelExport } from "./cancel-export";
export { type Download, downloadExport, downloadReceipt } from "./download-export";
export {
  type About,
  type Cell,
  type CellType,
  cellText,
  type FileColumn,
  formats,
  fromMicros,
  safeText,
  tooLong,
} from "./formats";
export { getExport, listExports } from "./list-exports";
export { FileHash } from "./measure-file";
export { checkReceipt } from "./receipt";
export type { PlannedFile, Subject } from "./seal-export";
export { sendExport } from "./send-export";
export { verifyFile } from "./verify-file";
export { giveUp, writeExport } from "./write-export";
