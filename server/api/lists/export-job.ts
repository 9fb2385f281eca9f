import { z } from "zod";
import { defineJob } from "../../core/jobs/define";
import { type FileText, giveUp, writeExport, writeExportName } from "../../exports";
import { csvOf } from "../csv-file";
import { resources } from "../resources";
import { planFile, rowsOf } from "./export-list";
import { findList } from "./exports-resource";

/** Writes a list that somebody asked for, with the rights they have then. */
export const writeExportJob = defineJob({
  name: writeExportName,
  input: z.object({ id: z.uuid() }),
  maxAttempts: 5,
  run: (ctx, { id }) =>
    writeExport(ctx, id, (person, { list, query }): FileText => {
      const file = planFile(person, findList(resources, list), new URLSearchParams(query));
      let told = 0;
      const counted = async function* () {
        for await (const row of rowsOf(person, file)) {
          told++;
          yield row;
        }
      };
      return { text: csvOf(file.columns, counted()), rows: () => told };
    }),
  gaveUp: (ctx, { id }) => giveUp(ctx, id, "It broke off five times; the cause is in the log of the server."),
});
