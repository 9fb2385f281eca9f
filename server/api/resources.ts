// Every REST resource of the product: one import and one entry each.
import type { Resource } from "../core/resource";

export const resources: readonly Resource[] = [];
