// Making and changing custom actions, and turning over what signs their calls.
import { randomUUID } from "node:crypto";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import {
  ActionCreate,
  type ActionDefinition,
  ActionMove,
  ActionRotate,
  ActionUpdate,
  problemsOfAction,
} from "./action-contract";
import { makeSecret, sealSecret } from "./action-secret";
import {
  type ActionRow,
  deleteAction,
  insertAction,
  lockAction,
  selectActions,
  updateAction,
  updateSecrets,
} from "./action-store";
import { getAction, toAction } from "./list-actions";
import { toPage } from "./list-pages";
import { selectPages } from "./page-store";
import { requireSound, stale } from "./require-sound";

const mostActions = 100;
const dayMs = 24 * 3_600_000;

export const createAction = command({
  name: "custom-action.create",
  permission: "pages.write",
  input: ActionCreate,
  run: async (tx, definition) => {
    if ((await selectActions(tx)).length >= mostActions) {
      throw new AppError("limit", `An agency has at most ${mostActions} actions.`, { remedy: "Delete one first." });
    }
    check(tx, definition);
    const [id, secret] = [randomUUID(), makeSecret()];
    const row = await insertAction(tx, { id, definition, secret: sealSecret(tx, id, secret) });
    await tx.changed("custom-actions", [id]);
    return {
      result: { ...toAction(row), secret },
      audit: { action: "custom-action.created", ...about(row), after: definition },
    };
  },
});

export const changeAction = command({
  name: "custom-action.update",
  permission: "pages.write",
  input: ActionUpdate,
  run: async (tx, { id, version, ...change }) => {
    const before = await lock(tx, id);
    const definition = { ...(before.definition as ActionDefinition), ...change } as ActionDefinition;
    check(tx, definition);
    const after = await updateAction(tx, { id, version }, definition);
    if (!after) throw stale("action", toAction(before));
    await tx.changed("custom-actions", [id]);
    return {
      result: await getAction(tx, id),
      audit: {
        action: "custom-action.changed",
        ...about(after),
        before: before.definition as object,
        after: after.definition as object,
      },
    };
  },
});

/** What it sent stays in the log of runs; what still waits is not sent any more. */
export const removeAction = command({
  name: "custom-action.remove",
  permission: "pages.write",
  input: ActionMove,
  run: async (tx, { id }) => {
    const before = await lock(tx, id);
    const on = (await selectPages(tx)).map(toPage).filter(({ actions }) => actions.includes(id));
    if (on.length > 0) {
      throw new AppError("conflict", `The action is offered on: ${on.map(({ title }) => title).join(", ")}.`, {
        remedy: "Take it off these pages first.",
      });
    }
    await deleteAction(tx, id);
    await tx.changed("custom-actions", [id]);
    return {
      result: { id },
      audit: { action: "custom-action.removed", ...about(before), before: before.definition as object },
    };
  },
});

/** A new secret; the old one signs too for a while, so that the receiver can change over without missing a call. */
export const rotateActionSecret = command({
  name: "custom-action.rotate",
  permission: "pages.write",
  input: ActionRotate,
  run: async (tx, { id, oldSignsUntil }) => {
    const row = await lock(tx, id);
    const secret = makeSecret();
    const formerUntil = oldSignsUntil ? new Date(oldSignsUntil) : new Date(tx.now().getTime() + dayMs);
    const overlaps = formerUntil > tx.now();
    await updateSecrets(tx, id, {
      secret: sealSecret(tx, id, secret),
      formerSecret: overlaps ? row.secret : null,
      formerUntil: overlaps ? formerUntil : null,
    });
    await tx.changed("custom-actions", [id]);
    return {
      result: { ...(await getAction(tx, id)), secret },
      audit: {
        action: "custom-action.secret_rotated",
        ...about(row),
        after: { oldSignsUntil: overlaps ? formerUntil.toISOString() : "at once" },
      },
    };
  },
});

async function lock(tx: TxCtx, id: string): Promise<ActionRow> {
  const row = await lockAction(tx, id);
  if (!row) throw notFound("This action");
  return row;
}

/** @throws {AppError} invalid, naming each part that cannot be, and what can */
function check({ services }: TxCtx, definition: ActionDefinition): void {
  const list = services.catalogue.describe(definition.resource);
  const url = services.outgoing.problemOf(definition.url);
  requireSound("action", {
    ...(url ? { url } : {}),
    ...problemsOfAction(definition, list?.findable ? list : null),
  });
}

const about = ({ id, label }: ActionRow) => ({ target: { type: "custom-action", id, label } });
