// What is to be known of days: notes that people wrote, and what happened. Each reader gets what they may see of it.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { Annotation } from "./annotation-contract";
import { findNote, type NamedNote, selectNotes } from "./annotation-store";
import { eventsOf } from "./day-events";
import { knownDays } from "./kpi-store";
import { readScope } from "./scope";
import { type View, viewOf } from "./view";

export interface Of {
  brandIds?: readonly string[] | undefined;
  /** `<account>:<campaign>`: its own, its brand's and the agency's, and what happened to it and to its account. */
  campaignId?: string | undefined;
}

/** The newest day first. */
export async function readAnnotations(tx: TxCtx, { brandIds, campaignId: key }: Of, view: View): Promise<Annotation[]> {
  requireRead(tx, "insights.read", "anyBrand");
  const [accountId = "", campaignId = ""] = key?.split(":") ?? [];
  const scope = await readScope(tx, key ? { accountIds: [accountId] } : { ...(brandIds ? { brandIds } : {}) }, view);
  const seen = tx.brandsWith("insights.read");
  const isSeen = key !== undefined && scope.accounts.length > 0;
  const own = key ? scope.accounts.flatMap(({ brandId }) => brandId ?? []) : brandIds;
  const notes = await selectNotes(tx, {
    brandIds: own ? own.filter((id) => seen === "all" || seen.includes(id)) : seen,
    agency: tx.can("annotations.read", "anyBrand"),
    campaign: isSeen ? { accountId, campaignId } : undefined,
    from: scope.range.from,
    to: scope.range.to,
    at: scope.at,
  });
  const events = await eventsOf(tx, {
    scope,
    answered: await knownDays(tx, scope),
    campaignId: campaignId || undefined,
  });
  return [...notes.map((note) => showNote(tx, note)), ...events].sort(
    (a, b) => b.to.localeCompare(a.to) || b.at.localeCompare(a.at) || a.id.localeCompare(b.id),
  );
}

export async function listAnnotations(tx: TxCtx, query: ListQuery): Promise<ListResult<Annotation>> {
  const brandIds = filterValues(query, "brandId") ?? undefined;
  const [campaignId] = filterValues(query, "campaignId") ?? [];
  const [kinds, ids] = [filterValues(query, "kind"), filterValues(query, "id")];
  const all = await readAnnotations(tx, { brandIds, campaignId }, viewOf(query));
  const items = all.filter(({ kind, id }) => (!kinds || kinds.includes(kind)) && (!ids || ids.includes(id)));
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

/** One note. @throws {AppError} not_found, also for what the actor may not see */
export async function getAnnotation(tx: TxCtx, id: string): Promise<Annotation> {
  const note = await findNote(tx, id);
  if (!seesNote(tx, note)) throw notFound("The note");
  return showNote(tx, note);
}

export const isOfAgency = ({ brandId, accountId }: Pick<NamedNote, "brandId" | "accountId">): boolean =>
  brandId === null && accountId === null;

export const seesNote = (tx: TxCtx, note: NamedNote): boolean =>
  isOfAgency(note) ? tx.can("annotations.read", "anyBrand") : tx.can("insights.read", note.ofBrand);

export function showNote(tx: TxCtx, note: NamedNote): Annotation {
  const { id, version, accountId, campaignId, ofBrand, brandName, campaignName } = note;
  return {
    id,
    kind: "note",
    from: note.firstDay,
    to: note.lastDay,
    text: note.text,
    scope: isOfAgency(note) ? "agency" : campaignId ? "campaign" : "brand",
    brandId: ofBrand,
    about: campaignId ? (campaignName ?? campaignId) : brandName,
    campaignId: campaignId && `${accountId}:${campaignId}`,
    author: note.author,
    at: note.createdAt.toISOString(),
    more: null,
    version,
    mayChange: tx.can("annotations.write", ofBrand),
  };
}
