import { command } from "../core/command";
import { AppError } from "../core/errors";
import { ExportId } from "./contract";
import { ownExport, toExport } from "./list-exports";
import { type ExportRow, endOpen } from "./store";

export const cancelExport = command({
  name: "export.cancel",
  permission: "profile.write",
  input: ExportId,
  run: async (tx, { id }) => {
    await ownExport(tx, id);
    const row = await endOpen(tx, id, { state: "cancelled" });
    if (!row) throw new AppError("conflict", "It is over already.", { remedy: "Look at it again." });
    await tx.changed("exports", [id]);
    return { result: toExport(tx, row), audit: { action: "export.cancelled", ...about(row) } };
  },
});

export const about = ({ id, title }: Pick<ExportRow, "id" | "title">) => ({
  target: { type: "export", id, label: title },
});
