// Exports as a resource: asking for one needs the lists, so it is made here and not in the slice.
import { command } from "../../core/command";
import type { AuditEntry } from "../../core/context";
import { notFound } from "../../core/errors";
import { type Resource, resource } from "../../core/resource";
import { beginExport, cancelExport, getExport, listExports } from "../../exports";
import { Export, type ExportAnswer, ExportAsk, exportStates, mostStreamed } from "../../exports/contract";
import { aboutList, planFile } from "./export-list";

export const exportsOf = (all: () => readonly Resource[]): Resource =>
  resource({
    name: "exports",
    title: "Export",
    description:
      "One's own lists as files, where they are too long to be sent at once: ask with a list's name and query, and fetch /exports/files/<id> when it is done.",
    item: Export,
    list: {
      permission: "profile.read",
      filter: { id: "id", list: "text", state: exportStates },
      sort: ["createdAt", "title"],
      run: listExports,
    },
    get: { permission: "profile.read", run: getExport },
    collectionActions: { ask: askExport(all) },
    actions: { cancel: cancelExport },
    fields: { list: { optional: true }, bytes: { unit: "bytes" } },
  });

/** A list that is short is not written by a job: it can be had at once. */
const askExport = (all: () => readonly Resource[]) =>
  command({
    name: "export.ask",
    permission: "profile.write",
    input: ExportAsk,
    run: async (tx, { list, query }): Promise<{ result: ExportAnswer; audit: AuditEntry | null }> => {
      const found = findList(all(), list);
      const file = planFile(tx, found, new URLSearchParams(query));
      const { items } = await file.list.run(tx, { ...file.query, start: mostStreamed, limit: 1 });
      if (items.length === 0) return { result: { export: null }, audit: null };
      const made = await beginExport(tx, { list, title: found.title, query, filename: file.filename });
      return {
        result: { export: made },
        audit: { action: "list.export_asked", ...aboutList(found), after: { ...file.words, export: made.id } },
      };
    },
  });

/** @throws {AppError} not_found */
export function findList(all: readonly Resource[], name: string): Resource {
  const found = all.find((known) => known.name === name && known.list);
  if (!found) throw notFound("This list");
  return found;
}
