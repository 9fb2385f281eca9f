// Notes on days: written, changed and taken back by whoever sees the brand and may write notes. What a note said before is kept.
import { command, forbidden } from "../core/command";
import { type AuditEntry, actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { findBrand } from "../workspace";
import { AnnotationCreate, AnnotationRemove, AnnotationUpdate } from "./annotation-contract";
import { endNote, findNote, insertNote, insertVersion, type NamedNote } from "./annotation-store";
import { campaignExists } from "./event-store";
import { getAnnotation, seesNote } from "./list-annotations";
import { scopeAccounts } from "./scope-store";

type Place = Pick<NamedNote, "brandId" | "accountId" | "campaignId"> & { ofBrand: string | null };

/** @throws {AppError} not_found, also for what the actor may not see */
async function placeOf(
  tx: TxCtx,
  { brandId, campaignId: key }: { brandId?: string | undefined; campaignId?: string | undefined },
): Promise<Place> {
  if (key && brandId) {
    throw invalid("brandId", "A note is about a brand or about a campaign: name one of them.");
  }
  if (key) {
    const [accountId = "", campaignId = ""] = key.split(":");
    const [account] = await scopeAccounts(tx, { accountIds: [accountId], permission: null });
    if (!account || !(await campaignExists(tx, accountId, campaignId))) throw notFound("The campaign");
    return { brandId: null, accountId, campaignId, ofBrand: account.brandId };
  }
  if (!brandId) return { brandId: null, accountId: null, campaignId: null, ofBrand: null };
  await findBrand(tx, brandId);
  if (!tx.can("insights.read", brandId)) throw notFound("The brand");
  return { brandId, accountId: null, campaignId: null, ofBrand: brandId };
}

const invalid = (field: string, message: string) => new AppError("invalid", message, { fields: { [field]: message } });

function requireOrder(from: string, to: string): void {
  if (to < from) throw invalid("to", "The last day must not come before the first.");
}

/** The right to write is asked for the brand of the note; of the agency's own, for all brands. */
function requireWrite(tx: TxCtx, brandId: string | null): void {
  if (!tx.can("annotations.write", brandId)) throw forbidden("annotations.write", tx.actor);
}

export const writeAnnotation = command({
  name: "annotation.create",
  permission: "annotations.write",
  brandOf: () => "anyBrand",
  input: AnnotationCreate,
  run: async (tx, { from, to = from, text, ...of }) => {
    requireOrder(from, to);
    const { ofBrand, ...place } = await placeOf(tx, of);
    requireWrite(tx, ofBrand);
    const id = await insertNote(tx, { ...place, firstDay: from, lastDay: to, text, author: actorName(tx.actor) });
    await tx.changed("annotations");
    const audit: AuditEntry = {
      action: "annotation.created",
      target: { type: "annotation", id, label: labelOf(text) },
      brandId: ofBrand,
      after: { from, to, text },
    };
    return { result: await getAnnotation(tx, id), audit };
  },
});

export const changeAnnotation = command({
  name: "annotation.update",
  permission: "annotations.write",
  brandOf: () => "anyBrand",
  input: AnnotationUpdate,
  run: async (tx, { id, version, from, to, text }) => {
    const before = await findWritable(tx, id);
    const after = { firstDay: from ?? before.firstDay, lastDay: to ?? before.lastDay, text: text ?? before.text };
    requireOrder(after.firstDay, after.lastDay);
    if (before.version !== version || !(await endNote(tx, { id, version }))) throw await changedMeanwhile(tx, id);
    await insertVersion(tx, { ...rowOf(before), ...after });
    await tx.changed("annotations");
    const said = ({ firstDay, lastDay, text: words }: typeof after) => ({ from: firstDay, to: lastDay, text: words });
    return {
      result: await getAnnotation(tx, id),
      audit: { action: "annotation.changed", ...aboutNote(before), before: said(before), after: said(after) },
    };
  },
});

export const removeAnnotation = command({
  name: "annotation.delete",
  permission: "annotations.write",
  brandOf: () => "anyBrand",
  input: AnnotationRemove,
  run: async (tx, { id }) => {
    const note = await findWritable(tx, id);
    await endNote(tx, note);
    await tx.changed("annotations");
    const { firstDay: from, lastDay: to, text } = note;
    return { result: { id }, audit: { action: "annotation.deleted", ...aboutNote(note), before: { from, to, text } } };
  },
});

async function findWritable(tx: TxCtx, id: string): Promise<NamedNote> {
  const note = await findNote(tx, id);
  if (!seesNote(tx, note)) throw notFound("The note");
  requireWrite(tx, note.ofBrand);
  return note;
}

const rowOf = ({ ofBrand: _, brandName: __, campaignName: ___, ...row }: NamedNote) => row;

async function changedMeanwhile(tx: TxCtx, id: string): Promise<AppError> {
  return new AppError("conflict", "This note was changed meanwhile.", {
    remedy: "Look at what it says now, then make your change.",
    present: await getAnnotation(tx, id),
  });
}

const longestLabel = 60;
const labelOf = (text: string): string => (text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text);
const aboutNote = ({ id, text, ofBrand }: NamedNote) => ({
  target: { type: "annotation", id, label: labelOf(text) },
  brandId: ofBrand,
});
