import { resource } from "../core/resource";
import { CustomAction } from "./action-contract";
import { changeAction, createAction, removeAction, rotateActionSecret } from "./change-action";
import { changePage, createPage, removePage } from "./change-page";
import { CustomPage } from "./contract";
import { getAction, listActions } from "./list-actions";
import { getPage, listPages } from "./list-pages";
import { getRun, listRuns } from "./list-runs";
import { ActionRun, RunState, runStateWords } from "./run-contract";
import { testAction, useAction } from "./use-action";
import "./services";

export const customPagesResource = resource({
  name: "custom-pages",
  title: "Custom page",
  description:
    "Pages that the agency described itself: a list through chosen columns and filters, with chosen actions, at /pages/<slug>.",
  item: CustomPage,
  list: {
    permission: "pages.read",
    filter: { id: "id", slug: "text", resource: "text" },
    sort: ["title", "slug", "resource", "createdAt"],
    search: true,
    run: listPages,
  },
  get: { permission: "pages.read", run: getPage },
  create: createPage,
  update: changePage,
  remove: removePage,
  auditType: "custom-page",
  fields: { slug: { label: "Address" }, resource: { label: "Lists" }, menu: { label: "Place" } },
});

export const customActionsResource = resource({
  name: "custom-actions",
  title: "Custom action",
  description:
    "Signed calls to a system of the agency's own, with a form. Making one, or rotating its secret, answers with the secret, which is not told again.",
  item: CustomAction,
  list: {
    permission: "actions.read",
    filter: { id: "id", resource: "text" },
    sort: ["label"],
    search: true,
    run: listActions,
  },
  get: { permission: "actions.read", run: getAction },
  create: createAction,
  update: changeAction,
  remove: removeAction,
  actions: { rotate: rotateActionSecret, test: testAction, use: useAction },
  single: ["rotate", "test", "use"],
  auditType: "custom-action",
  fields: { label: { label: "Action" }, url: { label: "Address" }, resource: { label: "For" } },
});

export const actionRunsResource = resource({
  name: "custom-action-runs",
  title: "Action run",
  description: "Each use of a custom action; a single one with what was sent and every attempt.",
  item: ActionRun,
  list: {
    permission: "actions.read",
    filter: {
      id: "id",
      actionId: "id",
      brandId: "id",
      recordType: "text",
      recordId: "text",
      state: RunState.options,
      test: "boolean",
      createdAt: "date",
    },
    sort: ["createdAt", "endedAt", "actionLabel", "recordLabel", "state", "startedBy"],
    search: true,
    run: listRuns,
  },
  get: { permission: "actions.read", run: getRun },
  fields: { state: { label: "State", words: runStateWords }, recordId: { label: "Record id" } },
});
