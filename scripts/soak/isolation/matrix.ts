// I1: every address x every actor x {own, another agency's, another brand's} x every field that takes an id, against the policy.

import { neverForKeys } from "../../../server/workspace/key-contract";
import { policy, recordOf } from "../../../tests/api/policy";
import { type Call, calls, pages } from "../../../tests/api/routes";
import type { Records } from "../../../tests/api/samples";
import { bodies } from "../../../tests/api/samples";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { Actor, Answer, IsolationRig } from "./rig";
import { changedSince, rowsOf } from "./rows";
import { differenceOf, madeUp } from "./same";

export interface Tally {
  cells: number;
  deviations: string[];
}

interface Round {
  tally: Tally;
  actors: readonly Actor[];
}

export async function matrix(soak: IsolationRig, { short }: SoakOptions): Promise<Outcome> {
  const tally: Tally = { cells: 0, deviations: [] };
  const untouched = await rowsOf(soak.db, soak.foreign.agencyId);
  for (const [at, call] of calls.entries()) {
    // In the short form the actors take turns.
    const actors = short ? soak.home.actors.filter((_, index) => index % 14 === at % 14) : soak.home.actors;
    const before = await rowsOf(soak.db, soak.home.agencyId);
    await refusals(soak, call, { tally, actors });
    await foreigners(soak, call, { tally, actors });
    await fields(soak, call, tally);
    const changed = changedSince(before, await rowsOf(soak.db, soak.home.agencyId));
    if (changed.length > 0) tally.deviations.push(`${call.route}: what was refused changed ${changed.join(", ")}`);
    await permitted(soak, call, { tally, actors });
  }
  for (const page of pages) await onePage(soak, page.path, tally);
  await surfaces(soak, tally);
  const touched = changedSince(untouched, await rowsOf(soak.db, soak.foreign.agencyId));
  for (const line of tally.deviations.slice(0, 60)) process.stderr.write(`DEVIATION ${line}\n`);
  return check(
    `${calls.length} operations, ${pages.length} pages, ${soak.home.actors.length} actors, ${tally.cells} cells, ${tally.deviations.length} deviations`,
    {
      "no deviation from the policy": tally.deviations.length === 0,
      "the other agency is as it was": touched.length === 0,
      "it asked at all": tally.cells > 500,
    },
  );
}

function may(call: Call, actor: Actor): boolean {
  const row = policy[call.route];
  if (!row || actor.role === null || !row.may.split(" ").includes(actor.role)) return false;
  if (actor.key && (row.people || neverForKeys.includes(call.permission))) return false;
  return !row.agencyRole || actor.everywhere;
}

async function send(soak: IsolationRig, actor: Actor, call: Call, records: Records, body?: object): Promise<Answer> {
  const id = records[call.resource] ?? "";
  const given = body ?? (call.command ? bodies[call.command.spec.name]?.(records) : undefined);
  return soak.ask(actor, call.method, `/api/v1/${call.path.replace(":id", encodeURIComponent(id))}`, given);
}

/** The record that is a person's own is the actor's. */
const seenBy = (records: Records, actor: Actor): Records => ({
  ...records,
  userId: actor.userId,
  sessions: actor.sessionId,
});

/** Who is not signed in, suspended or without the permission is refused. */
async function refusals(soak: IsolationRig, call: Call, { tally, actors }: Round): Promise<void> {
  for (const actor of actors) {
    const known = actor.cookie !== null && !actor.suspended;
    if (known && may(call, actor)) continue;
    // Who does not see the brand may be told that there is nothing.
    const refused = actor.at === "elsewhere" ? [403, 404] : [403];
    const { status } = await send(soak, actor, call, seenBy(soak.home.records, actor));
    expectStatus(tally, `${actor.name}: ${call.route}`, status, known ? refused : [401]);
  }
}

/** Another agency's record, and a brand's one has no role for, answer as one that never was. */
async function foreigners(soak: IsolationRig, call: Call, { tally, actors }: Round): Promise<void> {
  if (!call.path.includes(":id")) return;
  const { home, foreign } = soak;
  const own = home.records[call.resource];
  if (own === "me" || policy[call.route]?.shared) return;
  for (const actor of actors) {
    if (!may(call, actor) || actor.suspended) continue;
    const brandless = policy[call.route]?.agencyWide === true;
    const targets = [foreign.records, ...(actor.at === "elsewhere" && !brandless ? [home.records] : [])];
    for (const target of targets) {
      const records = { ...seenBy(home.records, actor), [call.resource]: target[call.resource] ?? "" };
      const never = { ...records, [call.resource]: madeUp(records[call.resource] ?? "") };
      const [answer, unknown] = [await send(soak, actor, call, records), await send(soak, actor, call, never)];
      const where = target === foreign.records ? "another agency's" : "another brand's";
      expectStatus(tally, `${actor.name}: ${call.route} of ${where}`, answer.status, [404]);
      const told = differenceOf(answer, unknown);
      if (told) {
        tally.deviations.push(`${actor.name}: ${call.route} of ${where} tells it from one that never was: ${told}`);
      }
    }
  }
}

/** An id of another agency in any field is as unknown as one that never was. */
async function fields(soak: IsolationRig, call: Call, tally: Tally): Promise<void> {
  const { home, foreign } = soak;
  const owner = home.actors.find(({ role, suspended }) => role === "owner" && !suspended);
  if (!owner || !may(call, owner)) return;
  if (policy[call.route]?.shared) return;
  const own = seenBy(home.records, owner);
  for (const field of call.fields) {
    const named = recordOf(call.route, field);
    const theirs = named && foreign.records[named];
    if (!theirs) continue;
    const answers: Answer[] = [];
    for (const value of [theirs, madeUp(theirs)]) {
      if (!call.command) {
        answers.push(await soak.ask(owner, "GET", `/api/v1/${call.path}?${new URLSearchParams({ [field]: value })}`));
      } else {
        const body = structuredClone(bodies[call.command.spec.name]?.(own) ?? {});
        if (call.path.endsWith("/bulk")) leaveOthersOut(body, field);
        put(body, field.split("."), value);
        answers.push(await send(soak, owner, call, own, body));
      }
    }
    const [answer, unknown] = answers;
    if (!answer || !unknown) continue;
    expectStatus(
      tally,
      `${call.route} with another's ${field}`,
      answer.status,
      call.command ? [200, 207, 403, 404, 409, 412, 422] : [200, 400, 404],
    );
    if (!call.command && answer.status === 200 && answer.text !== "[]")
      tally.deviations.push(`${call.route}?${field}: rows for another's id`);
    const told = differenceOf(answer, unknown);
    if (told) tally.deviations.push(`${call.route}: another's ${field} is told from an unknown one: ${told}`);
  }
}

/** Whoever may, can: on a record of their own each, since writes change it. */
async function permitted(soak: IsolationRig, call: Call, { tally, actors }: Round): Promise<void> {
  for (const actor of actors) {
    if (!may(call, actor) || actor.suspended || actor.at === "elsewhere") continue;
    if (call.command?.spec.name.startsWith("session.") || call.command?.spec.name === "profile.change-password")
      continue;
    const records = call.command ? await soak.newWorld(soak.home) : soak.home.records;
    const answer = await send(soak, actor, call, seenBy(records, actor));
    // Else every later call of this session would be refused.
    if (call.command?.spec.name === "member.view-as") await soak.ask(actor, "POST", "/api/v1/members/stop-viewing", {});
    const personal = policy[call.route]?.personal === true;
    if (personal) continue;
    tally.cells++;
    if ([401, 403, 404].includes(answer.status) && !policy[call.route]?.ranked) {
      tally.deviations.push(`${actor.name}: ${call.route} answered ${answer.status} ${answer.text.slice(0, 160)}`);
    }
  }
}

async function onePage(soak: IsolationRig, path: string, tally: Tally): Promise<void> {
  const row = policy[`GET ${path}`];
  if (!row || row.open) return;
  const resource = row.record;
  for (const actor of soak.home.actors.filter(({ key }) => !key)) {
    const of = (records: Records) =>
      path.replace(/:\w+/, encodeURIComponent(resource ? (records[resource] ?? "") : "na"));
    const { status, headers } = await soak.ask(actor, "GET", of(soak.home.records));
    const where = `${actor.name}: page ${path}`;
    if (actor.cookie === null || actor.suspended) {
      expectStatus(tally, where, status, [302]);
      if (!headers.get("location")?.startsWith("/sign-in")) tally.deviations.push(`${where} leads elsewhere`);
      continue;
    }
    const allowed = row.may.split(" ").includes(actor.role ?? "");
    const elsewhere = resource && actor.at === "elsewhere" && !row.agencyWide;
    expectStatus(tally, where, status, allowed ? [elsewhere ? 404 : 200] : resource ? [403, 404] : [403]);
    if (!resource || !allowed) continue;
    const [theirs, never] = [
      await soak.ask(actor, "GET", of(soak.foreign.records)),
      await soak.ask(actor, "GET", of({ [resource]: madeUp(soak.foreign.records[resource] ?? "") })),
    ];
    expectStatus(tally, `${where} of another agency`, theirs.status, [404]);
    const told = differenceOf(theirs, never);
    if (told) tally.deviations.push(`${where}: another's is told from one that never was: ${told}`);
  }
}

/** What is no page and no operation. */
async function surfaces(soak: IsolationRig, tally: Tally): Promise<void> {
  for (const actor of soak.home.actors.filter(({ key }) => !key)) {
    const known = actor.cookie !== null && !actor.suspended;
    const health = await soak.ask(actor, "GET", "/healthz");
    const allowed = known && (policy["GET /healthz"]?.may.split(" ").includes(actor.role ?? "") ?? false);
    expectStatus(tally, `${actor.name}: /healthz`, health.status, allowed ? [200, 503] : [known ? 403 : 401]);
    if (known) continue;
    const live = await soak.ask(actor, "GET", "/live");
    expectStatus(tally, `${actor.name}: /live`, live.status, [401]);
  }
}

function expectStatus(tally: Tally, cell: string, status: number, expected: number[]): void {
  tally.cells++;
  if (!expected.includes(status)) tally.deviations.push(`${cell}: ${status} instead of ${expected.join(" or ")}`);
}

/** Many records are named in one way: by their ids, row by row, or by a filter. */
function leaveOthersOut(body: object, field: string): void {
  const [kept] = field.split(".");
  for (const way of ["ids", "rows", "matching"]) if (way !== kept) delete (body as Record<string, unknown>)[way];
}

function put(body: object, [step = "", ...rest]: string[], value: string): void {
  const into = body as Record<string, unknown>;
  if (rest.length === 0) into[step] = value;
  else if (rest[0] === "*") {
    if (rest.length === 1) into[step] = [value];
    else {
      into[step] = into[step] ?? [{}];
      for (const item of into[step] as object[]) put(item, rest.slice(1), value);
    }
  } else {
    into[step] = into[step] ?? {};
    put(into[step] as object, rest, value);
  }
}
