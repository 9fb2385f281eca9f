/** Of an answer that is a file to keep. Old readers take the plain name, the others the one with all its letters. */
export const fileHeaders = (filename: string, type: string): Record<string, string> => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${filename.replace(/[^\w .()-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
  "cache-control": "no-store",
});
