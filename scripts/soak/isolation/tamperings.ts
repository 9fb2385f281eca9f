// What an intruder with the database's owner's rights does to an audit log. Where everything in the database is made to fit again,
// only events under a signed checkpoint are touched: those after the last one nobody could tell.
import { randomInt, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { Sql } from "postgres";
import { digestOf, genesis, linkHash } from "../../../server/audit/canonical";
import { keyIdOf, newKeyPair, signStatement } from "../../../server/audit/signing";
import type { Ctx } from "../../../server/core/context";
import { eventText } from "../../../server/core/db/audit-chain";

export interface Victim {
  ctx: Ctx;
  /** The last event under a checkpoint, and the last one at all. */
  signedTo: number;
  last: number;
  /** The agency's checkpoints outside the database. */
  file: string;
  putOlderBack(): Promise<void>;
}

type Tampering = (sql: Sql, victim: Victim) => Promise<unknown>;

const texts = ["actor_name", "actor_id", "action", "target_id", "target_label", "request_id"] as const;
const any = ({ last }: Victim) => randomInt(1, last + 1);
const signed = ({ signedTo }: Victim) => randomInt(1, signedTo + 1);

/** The event at a place of the chain. */
const eventAt = (sql: Sql, { ctx }: Victim, seq: number) =>
  sql`agency_id = ${ctx.agencyId} and id = (select event_id from audit_links where agency_id = ${ctx.agencyId} and seq = ${seq})`;

const editAt = async (sql: Sql, victim: Victim, seq: number) => {
  const column = texts[randomInt(texts.length)] as string;
  await sql`update audit_events set ${sql(column)} = overlay(${sql(column)} placing chr(ascii(${sql(column)}) # 1) from 1 for 1)
    where ${eventAt(sql, victim, seq)}`;
};

const addEvent = (sql: Sql, { ctx }: Victim, id: string) =>
  sql`insert into audit_events (agency_id, id, actor_kind, actor_id, actor_name, action, target_type, target_id, request_id)
    values (${ctx.agencyId}, ${id}, 'user', 'x', 'Somebody', 'brand.created', 'brand', 'x', 'x')`;

const endAt = async (sql: Sql, { ctx: { agencyId } }: Victim, seq: number) => {
  await sql`delete from audit_events where agency_id = ${agencyId} and id in (select event_id from audit_links where agency_id = ${agencyId} and seq > ${seq})`;
  await sql`delete from audit_links where agency_id = ${agencyId} and seq > ${seq}`;
};

const moveHead = (sql: Sql, { ctx: { agencyId } }: Victim) =>
  sql`update audit_heads h set (seq, hash) = (select seq, hash from audit_links l where l.agency_id = ${agencyId} order by seq desc limit 1)
    where h.agency_id = ${agencyId}`;

/** Numbers and links every event anew, in the order of the links as they stand. */
const relink = async (sql: Sql, victim: Victim) => {
  const { agencyId } = victim.ctx;
  const rows = await sql<{ id: string; body: string }[]>`
    select e.id, ${sql.unsafe(eventText("e"))} as body from audit_events e join audit_links l on l.agency_id = e.agency_id and l.event_id = e.id
    where e.agency_id = ${agencyId} order by l.seq`;
  await sql`delete from audit_links where agency_id = ${agencyId}`;
  let { seq, hash } = genesis;
  for (const { id, body } of rows) {
    seq++;
    hash = linkHash(hash, digestOf(body));
    await sql`insert into audit_links (agency_id, seq, event_id, hash) values (${agencyId}, ${seq}, ${id}, ${hash})`;
  }
  await moveHead(sql, victim);
};

const dropAll: Tampering = async (sql, { ctx: { agencyId } }) => {
  for (const table of ["audit_events", "audit_links", "audit_heads", "audit_checkpoints"]) {
    await sql`delete from ${sql(table)} where agency_id = ${agencyId}`;
  }
};

export const tamperings: Record<string, Tampering> = {
  "one character of a text": (sql, victim) => editAt(sql, victim, any(victim)),
  "one number in what changed": (sql, victim) =>
    sql`update audit_events set after = jsonb_set(after, '{size}', to_jsonb((after ->> 'size')::int + 1)) where ${eventAt(sql, victim, any(victim))}`,
  "a microsecond": (sql, victim) =>
    sql`update audit_events set at = at + interval '1 microsecond' where ${eventAt(sql, victim, any(victim))}`,
  "an event deleted": (sql, victim) => sql`delete from audit_events where ${eventAt(sql, victim, any(victim))}`,
  "an event deleted with its link": async (sql, victim) => {
    const seq = any(victim);
    await sql`delete from audit_events where ${eventAt(sql, victim, seq)}`;
    await sql`delete from audit_links where agency_id = ${victim.ctx.agencyId} and seq = ${seq}`;
  },
  "an event put in past the log": (sql, victim) => addEvent(sql, victim, randomUUID()),
  "an event put in the place of another": async (sql, victim) => {
    const [id, seq] = [randomUUID(), any(victim)];
    await addEvent(sql, victim, id);
    await sql`update audit_links set event_id = ${id} where agency_id = ${victim.ctx.agencyId} and seq = ${seq}`;
  },
  "two events swapped": async (sql, victim) => {
    const seq = randomInt(1, victim.last);
    const { agencyId } = victim.ctx;
    await sql`update audit_links set seq = -seq where agency_id = ${agencyId} and seq in (${seq}, ${seq + 1})`;
    await sql`update audit_links set seq = ${2 * seq + 1} + seq where agency_id = ${agencyId} and seq < 0`;
  },
  "the tail cut": (sql, victim) => endAt(sql, victim, randomInt(1, victim.last)),
  "the tail cut and the end put back": async (sql, victim) => {
    await endAt(sql, victim, randomInt(1, victim.signedTo));
    await moveHead(sql, victim);
  },
  "an event edited and everything linked anew": async (sql, victim) => {
    await editAt(sql, victim, signed(victim));
    await relink(sql, victim);
  },
  "an event deleted and everything linked anew": async (sql, victim) => {
    await sql`delete from audit_events where ${eventAt(sql, victim, signed(victim))}`;
    await relink(sql, victim);
  },
  "an older backup put back": (_, victim) => victim.putOlderBack(),
  "the agency's log dropped": dropAll,
  "the log dropped and begun anew": async (sql, victim) => {
    await dropAll(sql, victim);
    const id = randomUUID();
    await addEvent(sql, victim, id);
    await sql`insert into audit_links values (${victim.ctx.agencyId}, 1, ${id}, '')`;
    await sql`insert into audit_heads values (${victim.ctx.agencyId}, 1, '')`;
    await relink(sql, victim);
  },
  "a link's hash": (sql, victim) =>
    sql`update audit_links set hash = overlay(hash placing case substr(hash, 9, 1) when '0' then '1' else '0' end from 9 for 1)
      where agency_id = ${victim.ctx.agencyId} and seq = ${any(victim)}`,
  "the end's place": (sql, victim) =>
    sql`update audit_heads set seq = seq + 1 where agency_id = ${victim.ctx.agencyId}`,
  "a checkpoint deleted": (sql, victim) =>
    sql`delete from audit_checkpoints where agency_id = ${victim.ctx.agencyId} and seq = ${victim.signedTo}`,
  "a checkpoint's time": (sql, victim) =>
    sql`update audit_checkpoints set at = at - interval '1 day' where agency_id = ${victim.ctx.agencyId}`,
  "events called old and removed": async (sql, { ctx: { agencyId }, signedTo }) => {
    await sql`update audit_checkpoints set pruned_at = now() where agency_id = ${agencyId} and seq = ${signedTo}`;
    await sql`delete from audit_events where agency_id = ${agencyId} and id in (select event_id from audit_links where agency_id = ${agencyId} and seq <= ${signedTo})`;
    await sql`delete from audit_links where agency_id = ${agencyId} and seq <= ${signedTo}`;
  },
  "everything rewritten and signed with another key": async (sql, victim) => {
    const { agencyId } = victim.ctx;
    await editAt(sql, victim, signed(victim));
    await relink(sql, victim);
    const key = newKeyPair();
    await sql`update signing_keys set id = ${keyIdOf(key.publicKey)}, public_key = ${key.publicKey}
      where id = (select key_id from audit_checkpoints where agency_id = ${agencyId} limit 1)`;
    const places = await sql<{ seq: string; hash: string; at: Date }[]>`
      select c.seq, l.hash, c.at from audit_checkpoints c join audit_links l using (agency_id, seq) where agency_id = ${agencyId}`;
    const lines: string[] = [];
    for (const { seq, hash, at } of places) {
      const again = signStatement({ agencyId, seq: Number(seq), hash, at: at.toISOString() }, key);
      await sql`update audit_checkpoints set hash = ${hash}, key_id = ${key.id}, signature = ${again.signature}
        where agency_id = ${agencyId} and seq = ${seq}`;
      lines.push(JSON.stringify({ ...again, publicKey: key.publicKey }));
    }
    writeFileSync(victim.file, `${lines.join("\n")}\n`);
  },
  "a line of the file": async (_, { file }) => {
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/"hash":"(.)/, (all, digit) => all.slice(0, -1) + (digit === "0" ? "1" : "0")),
    );
  },
};
