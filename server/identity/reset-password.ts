// A forgotten password: a link by mail, good once, for half an hour. It does not stand in for the second factor.
import { type AuditSource, appendAudit } from "../audit";
import { parseInput } from "../core/command";
import type { AuditEntry } from "../core/context";
import type { Scope } from "../core/db/connect";
import { AppError } from "../core/errors";
import { postLetter } from "../core/letters";
import { ResetAsked, ResetInput } from "./contract";
import { emailDigest } from "./email";
import { deleteTickets, hasTicket, takeTicket } from "./factor-store";
import { prepareNewPassword } from "./new-password";
import { findByEmail, findWithPlaces, placeToOpen } from "./sign-in";
import type { IdentitySource, Visitor } from "./source";
import { deleteSessionsOf, reachAgency, type User, updatePerson } from "./store";
import { postNotice } from "./tell-person";
import { giveTicket, parseTicket } from "./tickets";

/**
 * Says the same to everybody, and takes as long: what happens for those who are known is not waited for.
 * @returns that work, for tests
 * @throws {AppError} invalid (not an address); limit
 */
export async function askForReset(
  source: IdentitySource,
  input: { email: string },
  visitor: Visitor,
): Promise<{ sending: Promise<void> }> {
  const { email } = parseInput(ResetAsked, input);
  await source.attempts.begin({ account: `reset:${emailDigest(email)}`, ip: visitor.ip });
  const { person, places } = await findByEmail(source, email);
  const place = placeToOpen(places.filter(({ state }) => state === "active"));
  if (!person || !place) return { sending: Promise.resolve() };
  const sending = sendLink(source, place, visitor).catch((error: unknown) => {
    source.log.error({ err: error, requestId: visitor.requestId }, "a link to set a password could not be sent");
  });
  return { sending };
}

async function sendLink(source: IdentitySource, place: User, visitor: Visitor): Promise<void> {
  const { personId, agencyId } = place;
  await source.database.withPerson(personId, async (scope) => {
    await reachAgency(scope, agencyId);
    const at = source.clock();
    const ticket = await giveTicket(scope, { personId, kind: "reset", at });
    await postLetter({ ...scope, agencyId, requestId: visitor.requestId, now: source.clock }, source, {
      to: place.email,
      name: place.name,
      subject: "Set a new Tidemark password",
      lines: [
        "Somebody, probably you, asked for a link to set a new password.",
        "It works once, for 30 minutes. All your sessions end when you use it; your second factor stays.",
        "If it was not you, there is nothing to do: your password stays as it is.",
      ],
      action: { label: "Set a new password", url: `${source.publicUrl}/reset-password/${ticket}` },
    });
    const entry = { action: "user.reset_asked", ...about(place), after: { ip: visitor.ip } };
    await record(source, scope, { place, visitor, actor: { kind: "anonymous" }, entry });
  });
}

/** Is the link still good? */
export async function openReset(source: IdentitySource, key: string): Promise<boolean> {
  const ticket = parseTicket(key);
  if (!ticket) return false;
  return source.database.withPerson(ticket.personId, (scope) =>
    hasTicket(scope, { ...ticket, kind: "reset", at: source.clock() }),
  );
}

/** Ends all sessions, in every agency. @throws {AppError} not_found (link used, over or unknown); invalid; limit */
export async function resetPassword(
  source: IdentitySource,
  { key, ...input }: { key: string; password: string },
  visitor: Visitor,
): Promise<void> {
  const { password } = parseInput(ResetInput, input);
  const attempt = await source.attempts.begin({ ip: visitor.ip });
  const ticket = parseTicket(key);
  if (!ticket || !(await openReset(source, key))) throw dead();
  await attempt.succeeded();
  const { personId } = ticket;
  const { places } = await findWithPlaces(source, personId);
  const about = places.flatMap(({ name, email }) => [name, email]);
  const passwordHash = await prepareNewPassword(password, about);
  await source.database.withPerson(personId, async (scope) => {
    const at = source.clock();
    if (!(await takeTicket(scope, { ...ticket, kind: "reset", at }))) throw dead();
    await updatePerson(scope, personId, { passwordHash, passwordChangedAt: at });
    await deleteTickets(scope, personId);
    for (const place of places) await endEverything(source, scope, { place, visitor });
    const told = placeToOpen(places);
    if (!told) return;
    const letterScope = { ...scope, agencyId: told.agencyId, requestId: visitor.requestId, now: source.clock };
    const what = "Your password was changed with a link from a mail. You were signed out everywhere.";
    await postNotice(letterScope, source, { user: told, what, publicUrl: source.publicUrl });
  });
}

async function endEverything(
  source: IdentitySource,
  scope: Scope,
  { place, visitor }: { place: User; visitor: Visitor },
): Promise<void> {
  await reachAgency(scope, place.agencyId);
  const ended = await deleteSessionsOf({ ...scope, agencyId: place.agencyId, now: source.clock }, { userId: place.id });
  const actor = { kind: "user", userId: place.id, name: place.name, sessionId: "" } as const;
  const entry = { action: "user.password_reset", ...about(place), after: { ended } };
  await record(source, scope, { place, visitor, actor, entry });
}

const record = (
  source: IdentitySource,
  scope: Scope,
  { place, visitor, actor, entry }: { place: User; visitor: Visitor; actor: AuditSource["actor"]; entry: AuditEntry },
): Promise<void> =>
  appendAudit(
    { agencyId: place.agencyId, actor, now: source.clock, requestId: visitor.requestId, origin: visitor },
    scope.db,
    entry,
  );

const about = (place: User) => ({ target: { type: "user", id: place.id, label: place.name } });

const dead = () =>
  new AppError("not_found", "This link is no longer good.", {
    remedy: "It was used, or is more than 30 minutes old. Ask for a new one.",
  });
