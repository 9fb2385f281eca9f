import { type Resource, withWrites } from "../../core/resource";
import { resources } from "../resources";
import { bulkOperation } from "./bulk";
import { changeOperation } from "./change";
import { importOperation } from "./import-rows";

export interface ListOperations {
  bulk: ReturnType<typeof bulkOperation>;
  change: ReturnType<typeof changeOperation>;
  import: ReturnType<typeof importOperation>;
}

const made = new Map<string, ListOperations>();

/** What can be done to many records of a resource at once. */
export function listOperations(resource: Resource): ListOperations {
  const known = made.get(resource.name);
  if (known) return known;
  const acting = withWrites(resource);
  const operations = {
    bulk: bulkOperation(acting),
    change: changeOperation(acting),
    import: importOperation(acting, () => resources),
  };
  made.set(resource.name, operations);
  return operations;
}
