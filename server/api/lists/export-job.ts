import { z } from "zod";
import { defineJob } from "../../core/jobs/define";
import { giveUp, writeExport, writeExportName } from "../../exports";
import { resources } from "../resources";
import { findList } from "./exports-resource";
import { planFile } from "./plan-file";

/** Writes a list that somebody asked for, with the rights they have then. */
export const writeExportJob = defineJob({
  name: writeExportName,
  input: z.object({ id: z.uuid() }),
  maxAttempts: 5,
  run: (ctx, { id }) =>
    writeExport(ctx, id, (person, { list, query, filename }) =>
      planFile(person, {
        resource: findList(resources, list),
        all: resources,
        params: new URLSearchParams(query),
        filename,
      }),
    ),
  gaveUp: (ctx, { id }) => giveUp(ctx, id, "It broke off five times; the cause is in the log of the server."),
});
