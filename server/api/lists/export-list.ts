// `GET /<resource>/export`: the list as a file, sent while it is read.
import type { Ctx } from "../../core/context";
import type { Resource } from "../../core/resource";
import { formats, sendExport, tooLong } from "../../exports";
import type { ApiAnswer } from "../exchange";
import { fileHeaders } from "../file-headers";
import { type AskedFile, askedFile, formatOf, planFile } from "./plan-file";

interface Exported {
  resource: Resource;
  all: readonly Resource[];
  params: URLSearchParams;
}

export async function exportList(ctx: Ctx, { resource, all, params }: Exported): Promise<ApiAnswer> {
  const format = formatOf(params);
  const asked = askedFile(ctx, resource, params);
  await refuseTooLong(ctx, asked, formats[format].mostRows);
  const planned = await planFile(ctx, { resource, all, params });
  await ctx.tx((tx) => tx.audit({ action: "list.exported", ...aboutList(resource), after: wordsOf(planned, format) }));
  const { id, bytes } = sendExport(ctx, { planned, format, query: params.toString() });
  const headers = {
    ...fileHeaders(planned.filename, formats[format].mime),
    "x-receipt": `/exports/receipts/${id}`,
  };
  return { status: 200, headers, body: bytes };
}

/** Before the first byte, while there is still a choice. */
export async function refuseTooLong(ctx: Ctx, { list, query }: AskedFile, most: number | null): Promise<void> {
  if (most === null) return;
  const { items } = await ctx.tx((tx) => list.run(tx, { ...query, start: most, limit: 1 }));
  if (items.length > 0) throw tooLong();
}

interface Planned {
  subject: { words: string };
  columns: readonly { label: string }[];
}

/** For the audit log. */
export const wordsOf = ({ subject, columns }: Planned, format: string) => ({
  filters: subject.words,
  columns: columns.map(({ label }) => label).join(", "),
  format,
});

export const aboutList = ({ name, title }: Resource) => ({ target: { type: "list", id: name, label: title } });
