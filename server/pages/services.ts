// The clients this slice needs in every ctx.
import type { Ctx } from "../core/context";
import type { Outgoing } from "../core/outgoing/outgoing";
import type { ListedResource } from "./contract";

/** A record as the actor may see it. */
export interface FoundRecord {
  id: string;
  label: string;
  /** The brand it belongs to, or is; null: the agency's. */
  brandId: string | null;
  /** Values of the fields described, by key. */
  values: Record<string, unknown>;
}

/** All lists of the product: pages and actions are about any of them. */
export interface Catalogue {
  names(): string[];
  /** Null: there is no such list. */
  describe(name: string): ListedResource | null;
  /** Those of the ids that exist and that the actor may see. @throws {AppError} forbidden, where the whole list is closed to them */
  find(ctx: Ctx, name: string, ids: readonly string[]): Promise<Map<string, FoundRecord>>;
  /** Any record the actor may see. */
  findAny(ctx: Ctx, name: string): Promise<FoundRecord | null>;
}

declare module "../core/context" {
  interface Services {
    catalogue: Catalogue;
    outgoing: Outgoing;
  }
}
