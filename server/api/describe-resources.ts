import { notFound } from "../core/errors";
import { filterValues, type ListQuery } from "../core/query";
import { type Resource, resource } from "../core/resource";
import { describeResource, ResourceDescription } from "./describe";

/** The descriptions of all resources, as a resource themselves. Names and kinds only: the same for everybody. */
export const descriptionsOf = (all: () => readonly Resource[]): Resource =>
  resource({
    name: "resource-descriptions",
    title: "Resource description",
    description: "What each resource's records hold and what can be done with them; pages and files are made from it.",
    item: ResourceDescription,
    list: {
      permission: "profile.read",
      filter: { id: "text", name: "text" },
      sort: [],
      run: async (_tx, query) => {
        const found = all().filter(({ name }) => asked(query, name));
        const items = found.slice(query.start, query.start + query.limit).map(describeResource);
        return { items, total: found.length };
      },
    },
    get: {
      permission: "profile.read",
      run: async (_tx, name) => {
        const found = all().find((known) => known.name === name);
        if (!found) throw notFound("This resource");
        return describeResource(found);
      },
    },
  });

const asked = (query: ListQuery, name: string): boolean =>
  ["id", "name"].every((field) => filterValues(query, field)?.includes(name) ?? true);
