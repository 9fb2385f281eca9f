import { useNews } from "~/providers/live";
import type { ListState } from "~/ui/use-list";

/** What the consent map is worked out of: it has no news of its own. */
const sources = ["connections", "accounts", "brands"];

export const useNewsOf = (table: Pick<ListState<{ id: string }>, "refetch">): void => useNews(sources, table.refetch);
