import { useList } from "@refinedev/core";
import type { ResourceDescription } from "#server/api/describe";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";

export interface Descriptions {
  /** Null until they are known. */
  all: readonly ResourceDescription[] | null;
  /** The lists that the viewer may read. */
  lists: readonly ResourceDescription[];
  of(name: string): ResourceDescription | null;
}

/** "Campaigns", "Sync runs". */
export const listWords = (name: string): string => {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What every resource holds and takes. */
export function useDescriptions(): Descriptions {
  const viewer = useViewer();
  const { result, query } = useList<ResourceDescription>({
    resource: "resource-descriptions",
    pagination: { currentPage: 1, pageSize: 200 },
    liveMode: "off",
  });
  const all = query.isSuccess ? result.data : null;
  return {
    all,
    lists: (all ?? []).filter(({ permission, fields }) => permission && fields.length > 0 && can(viewer, permission)),
    of: (name) => all?.find((one) => one.name === name) ?? null,
  };
}
