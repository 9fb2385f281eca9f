import { DownOutlined } from "@ant-design/icons";
import { useCreate, useDelete, useList, useUpdate } from "@refinedev/core";
import { Button, Popover } from "antd";
import { useState } from "react";
import type { SavedView } from "#server/workspace/view-contract";
import { can } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { Link, useUrlParam, useUrlParams } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { ViewName } from "./view-name";

/** Opens everything, also where another view opens first. */
const NONE = "none";

/** What of the URL makes a view: all but the page and the view's own mark. */
export function viewQueryOf(params: URLSearchParams): string {
  const kept = [...params].filter(([name]) => name !== "saved" && name !== "currentPage");
  return new URLSearchParams(kept.sort(([a], [b]) => a.localeCompare(b))).toString();
}

const hrefOf = (view: SavedView): string => {
  const query = new URLSearchParams(view.query);
  query.set("saved", view.id);
  return `?${query}`;
};

/** Everything, in the same form: a table stays one. */
function everythingOf(params: URLSearchParams): string {
  const form = [...params].filter(([name]) => name === "view");
  return `?${new URLSearchParams([...form, ["saved", NONE]])}`;
}

const quiet = { successNotification: false, errorNotification: false } as const;

/** Named queries of a list: open one, save the present one, keep it in order. The URL stays the state. */
export function SavedViews({ resource, what }: { resource: string; what: string }) {
  const [open, setOpen] = useState(false);
  const [viewId] = useUrlParam("saved");
  const [params] = useUrlParams();
  const { result, query } = useList<SavedView>({
    resource: "saved-views",
    filters: [{ field: "resource", operator: "eq", value: resource }],
    pagination: { currentPage: 1, pageSize: 200 },
    queryOptions: { enabled: open || (viewId !== null && viewId !== NONE) },
    errorNotification: false,
  });
  const current = result.data.find(({ id }) => id === viewId) ?? null;
  const isEdited = current !== null && viewQueryOf(params) !== viewQueryOf(new URLSearchParams(current.query));
  const close = () => setOpen(false);
  const content = (
    <div className="tm-views">
      <ul>
        <li>
          <Link to={everythingOf(params)} onClick={close} aria-current={current ? undefined : "page"}>
            All {what}
          </Link>
        </li>
        {[...result.data]
          .sort((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name))
          .map((view) => (
            <li key={view.id}>
              <Link to={hrefOf(view)} onClick={close} aria-current={view.id === viewId ? "page" : undefined}>
                {view.name}
              </Link>{" "}
              <span className="tm-muted">{marksOf(view)}</span>
            </li>
          ))}
      </ul>
      {query.isError ? <p className="tm-muted">The views could not be loaded: {query.error.message}</p> : null}
      <ViewActs resource={resource} current={current} isEdited={isEdited} onDone={close} />
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomLeft" title="Views" open={open} onOpenChange={setOpen}>
      <Button aria-haspopup="dialog">
        {current ? `${current.name}${isEdited ? " (edited)" : ""}` : "Views"} <DownOutlined aria-hidden />
      </Button>
    </Popover>
  );
}

const marksOf = ({ own, shared, isDefault }: SavedView): string =>
  [isDefault && own ? "opens first" : "", own ? (shared ? "shared" : "") : "shared with you"]
    .filter(Boolean)
    .join(", ");

interface ViewActsProps {
  resource: string;
  current: SavedView | null;
  isEdited: boolean;
  onDone: () => void;
}

/** What can be done with the view on the screen. */
function ViewActs({ resource, current, isEdited, onDone }: ViewActsProps) {
  const viewer = useViewer();
  const [params, setParams] = useUrlParams();
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const { mutateAsync: create } = useCreate<SavedView>();
  const { mutateAsync: update } = useUpdate<SavedView>();
  const { mutateAsync: remove } = useDelete<SavedView>();
  const attempt = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
      setNaming(null);
      onDone();
    } catch (thrown) {
      setFailure(thrown as ApiError);
    }
  };
  const change = (values: Partial<SavedView>) =>
    attempt(() =>
      update({
        resource: "saved-views",
        id: current?.id ?? "",
        values: { ...values, version: current?.version },
        ...quiet,
      }),
    );
  const save = (name: string) =>
    attempt(async () => {
      const values = { resource, name, query: viewQueryOf(params) };
      const { data } = await create({ resource: "saved-views", values, ...quiet });
      setParams({ saved: data.id ?? null });
    });
  const drop = () =>
    attempt(async () => {
      await remove({ resource: "saved-views", id: current?.id ?? "", ...quiet });
      setParams({ saved: NONE });
    });
  const act = (label: string, onClick: () => void) => (
    <Button key={label} size="small" onClick={onClick}>
      {label}
    </Button>
  );
  const mine = current?.own ? current : null;
  const mayShare = can(viewer, "views.write");
  return (
    <div className="tm-view-acts">
      {naming ? (
        <ViewName
          initial={naming === "rename" ? (mine?.name ?? "") : ""}
          act={naming === "rename" ? "Rename" : "Save view"}
          onName={naming === "rename" ? (name) => change({ name }) : save}
          onCancel={() => setNaming(null)}
        />
      ) : (
        <>
          {mine && isEdited ? act(`Update “${mine.name}”`, () => change({ query: viewQueryOf(params) })) : null}
          {act("Save as a new view…", () => setNaming("new"))}
          {mine
            ? [
                act("Rename…", () => setNaming("rename")),
                act(mine.isDefault ? "Do not open first" : "Open first", () => change({ isDefault: !mine.isDefault })),
                ...(mayShare
                  ? [act(mine.shared ? "Stop sharing" : "Share", () => change({ shared: !mine.shared }))]
                  : []),
                act("Delete", drop),
              ]
            : null}
        </>
      )}
      {failure ? (
        <p role="alert" className="tm-problem">
          {failure.errors?.name ? String(failure.errors.name) : failure.message}
        </p>
      ) : null}
    </div>
  );
}
