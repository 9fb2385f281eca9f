// Exports as a resource: asking for one needs the lists, so it is made here and not in the slice.
import { command } from "../../core/command";
import type { AuditEntry } from "../../core/context";
import { notFound } from "../../core/errors";
import { type Resource, resource } from "../../core/resource";
import { beginExport, cancelExport, formats, getExport, listExports, verifyFile } from "../../exports";
import {
  Export,
  type ExportAnswer,
  ExportAsk,
  exportStates,
  formatIds,
  formatWords,
  mostStreamed,
} from "../../exports/contract";
import { aboutList, refuseTooLong, wordsOf } from "./export-list";
import { askedFile, planFile } from "./plan-file";

export const exportsOf = (all: () => readonly Resource[]): Resource =>
  resource({
    name: "exports",
    title: "Export",
    description:
      "One's own lists as files, with their receipts. Where a list is too long to be sent at once: ask with its name, query and format, and fetch /exports/files/<id> when it is done; the signed receipt of each file is /exports/receipts/<id>.",
    item: Export,
    list: {
      permission: "profile.read",
      filter: { id: "id", list: "text", format: formatIds, state: exportStates },
      sort: ["createdAt", "title"],
      run: listExports,
    },
    get: { permission: "profile.read", run: getExport },
    collectionActions: { ask: askExport(all), verify: verifyFile },
    actions: { cancel: cancelExport },
    fields: {
      list: { optional: true },
      bytes: { unit: "bytes" },
      format: { words: formatWords },
      sha256: { label: "SHA-256", optional: true },
    },
  });

/** A list that is short is not written by a job: it can be had at once. */
const askExport = (all: () => readonly Resource[]) =>
  command({
    name: "export.ask",
    permission: "profile.write",
    input: ExportAsk,
    run: async (tx, { list, query, format }): Promise<{ result: ExportAnswer; audit: AuditEntry | null }> => {
      const found = findList(all(), list);
      const params = new URLSearchParams(query);
      params.set("_format", format);
      const asked = askedFile(tx, found, params);
      await refuseTooLong(tx, asked, formats[format].mostRows);
      const { items } = await asked.list.run(tx, { ...asked.query, start: mostStreamed, limit: 1 });
      if (items.length === 0) return { result: { export: null }, audit: null };
      const planned = await planFile(tx, { resource: found, all: all(), params });
      const { filename } = planned;
      const made = await beginExport(tx, { list, title: found.title, query, filename, format });
      return {
        result: { export: made },
        audit: {
          action: "list.export_asked",
          ...aboutList(found),
          after: { ...wordsOf(planned, format), export: made.id },
        },
      };
    },
  });

/** @throws {AppError} not_found */
export function findList(all: readonly Resource[], name: string): Resource {
  const found = all.find((known) => known.name === name && known.list);
  if (!found) throw notFound("This list");
  return found;
}
