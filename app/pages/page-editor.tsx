import { useList } from "@refinedev/core";
import type { CustomAction } from "#server/pages/action-contract";
import { type CustomPage, PageDefinition, problemsOfPage } from "#server/pages/contract";
import { DefinitionDrawer } from "./definition-drawer";
import { PageFields } from "./page-fields";
import { PagePreview } from "./page-preview";
import { type Descriptions, useDescriptions } from "./use-descriptions";

/** Which page is open, and how: a new one may begin as a copy. */
export type PageOpen = { how: "new"; from?: CustomPage } | { how: "edit"; page: CustomPage };

export interface PageEditorProps {
  open: boolean;
  what: PageOpen;
  onClose: () => void;
  onDone: () => void;
}

const blank: PageDefinition = {
  slug: "",
  title: "",
  description: "",
  resource: "",
  columns: [],
  filters: [],
  sort: null,
  actions: [],
  seenBy: { permission: null, roles: [] },
  menu: "main",
};

const definitionOf = ({ id: _, createdAt: __, version: ___, ...definition }: CustomPage): PageDefinition => definition;

function initialOf(what: PageOpen): PageDefinition {
  if (what.how === "edit") return definitionOf(what.page);
  if (!what.from) return blank;
  const { title, slug } = what.from;
  return { ...definitionOf(what.from), title: `${title} copy`.slice(0, 60), slug: `${slug.slice(0, 45)}-copy` };
}

/** Makes or changes a page, by a form or as JSON, with its first rows beside it. */
export default function PageEditor({ open, what, onClose, onDone }: PageEditorProps) {
  const descriptions = useDescriptions();
  const { result } = useList<CustomAction>({
    resource: "custom-actions",
    pagination: { currentPage: 1, pageSize: 200 },
  });
  const saved = what.how === "edit" ? what.page : null;
  return (
    <DefinitionDrawer<PageDefinition>
      open={open}
      onClose={onClose}
      title={saved ? `Change ${saved.title}` : "New page"}
      resource="custom-pages"
      saved={saved}
      initial={initialOf(what)}
      schema={PageDefinition}
      problemsOf={(draft) => problemsHere(draft, descriptions, result.data)}
      fields={(props) => <PageFields {...props} descriptions={descriptions} />}
      aside={(draft) => <PagePreview draft={draft} descriptions={descriptions} />}
      act={saved ? "Save page" : "Create page"}
      done={saved ? "Page saved" : "Page created"}
      onDone={onDone}
    />
  );
}

/** As the server judges it; roles are left to it. */
function problemsHere(draft: PageDefinition, descriptions: Descriptions, actions: readonly CustomAction[]) {
  if (!descriptions.all) return {};
  return problemsOfPage(draft, {
    list: descriptions.of(draft.resource),
    lists: descriptions.lists.map(({ name }) => name),
    actions,
    roles: null,
  });
}
