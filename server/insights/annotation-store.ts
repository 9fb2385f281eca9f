// Notes that people wrote on days, each as it stood at a moment.
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { isUuid } from "../core/db/list-clauses";
import { notFound } from "../core/errors";
import { annotations } from "./tables";

export type NoteRow = typeof annotations.$inferSelect;

/** A note with the names of what it is about. */
export interface NamedNote extends NoteRow {
  /** Its own, or its account's. */
  ofBrand: string | null;
  brandName: string | null;
  campaignName: string | null;
}

export interface NotesAsked {
  /** Brands whose notes, and whose campaigns' notes, are read. */
  brandIds: "all" | readonly string[];
  /** Whether notes on the whole agency are. */
  agency: boolean;
  /** Of a campaign's page: its own whatever its brand, if the reader may see the account; no other campaign's. */
  campaign?: { accountId: string; campaignId: string } | undefined;
  from: string;
  to: string;
  at: Date | null;
}

export async function selectNotes(tx: TxCtx, asked: NotesAsked): Promise<NamedNote[]> {
  const { brandIds, agency, campaign, from, to, at } = asked;
  const brandOfNote = campaign ? sql`n.brand_id` : sql`coalesce(n.brand_id, a.brand_id)`;
  const ofBrand = brandIds === "all" ? sql`true` : sql`${brandOfNote}::text = any(${arrayLiteral(brandIds)}::text[])`;
  const ofBrands = campaign ? sql`(n.campaign_id is not null or ${ofBrand})` : ofBrand;
  const ofCampaign = campaign
    ? sql`(n.campaign_id is null or (n.account_id::text = ${campaign.accountId} and n.campaign_id = ${campaign.campaignId}))`
    : sql`true`;
  return read(
    tx,
    sql`${standingAt(at)} and n.first_day <= ${to} and n.last_day >= ${from} and ${ofCampaign}
      and case when n.brand_id is null and n.account_id is null then ${agency} else ${ofBrands} end`,
  );
}

/** What it says now. @throws {AppError} not_found */
export async function findNote(tx: TxCtx, id: string): Promise<NamedNote> {
  const [note] = isUuid(id) ? await read(tx, sql`${standingAt(null)} and n.id = ${id}`) : [];
  if (!note) throw notFound("The note");
  return note;
}

const standingAt = (at: Date | null): SQL =>
  at === null
    ? sql`n.superseded_at is null`
    : sql`n.known_at <= ${at.toISOString()} and (n.superseded_at is null or n.superseded_at > ${at.toISOString()})`;

async function read(tx: TxCtx, where: SQL): Promise<NamedNote[]> {
  const rows = await tx.db.execute<Record<keyof NamedNote, string | null>>(sql`
    select n.agency_id as "agencyId", n.id, n.version, n.brand_id as "brandId", n.account_id as "accountId",
      n.campaign_id as "campaignId", n.first_day::text as "firstDay", n.last_day::text as "lastDay", n.text, n.author,
      n.created_at as "createdAt", n.known_at as "knownAt", n.superseded_at as "supersededAt",
      coalesce(n.brand_id, a.brand_id) as "ofBrand", b.name as "brandName", c.name as "campaignName"
    from annotations n
    left join accounts a on a.agency_id = n.agency_id and a.id = n.account_id
    left join brands b on b.agency_id = n.agency_id and b.id = coalesce(n.brand_id, a.brand_id)
    left join campaigns c on c.agency_id = n.agency_id and c.account_id = n.account_id and c.campaign_id = n.campaign_id
    where n.agency_id = ${tx.agencyId} and ${where}
    order by n.first_day, n.created_at, n.id`);
  return rows.map((row) => ({
    ...(row as unknown as NamedNote),
    version: Number(row.version),
    createdAt: new Date(row.createdAt ?? 0),
    knownAt: new Date(row.knownAt ?? 0),
    supersededAt: row.supersededAt ? new Date(row.supersededAt) : null,
  }));
}

export async function insertNote(
  tx: TxCtx,
  values: Pick<NoteRow, "brandId" | "accountId" | "campaignId" | "firstDay" | "lastDay" | "text" | "author">,
): Promise<string> {
  const now = tx.now();
  const [row] = await tx.db
    .insert(annotations)
    .values({ agencyId: tx.agencyId, ...values, createdAt: now, knownAt: now })
    .returning({ id: annotations.id });
  if (!row) throw new Error("the note was not stored");
  return row.id;
}

/** Ends the version that was seen. @returns whether it was still the present one */
export async function endNote(tx: TxCtx, { id, version }: Pick<NoteRow, "id" | "version">): Promise<boolean> {
  const ended = await tx.db
    .update(annotations)
    .set({ supersededAt: tx.now() })
    .where(
      and(
        eq(annotations.agencyId, tx.agencyId),
        eq(annotations.id, id),
        eq(annotations.version, version),
        isNull(annotations.supersededAt),
      ),
    )
    .returning({ id: annotations.id });
  return ended.length > 0;
}

/** The next version of a note whose last one was ended. */
export async function insertVersion(tx: TxCtx, { version, ...note }: NoteRow): Promise<void> {
  await tx.db.insert(annotations).values({ ...note, version: version + 1, knownAt: tx.now(), supersededAt: null });
}
