import type { ComponentType } from "react";

export interface BulkFormProps {
  value: Record<string, unknown>;
  onChange(value: Record<string, unknown>): void;
}

/** What an act on many records asks for, where a page knows better than the description. */
export interface BulkForm {
  Fields: ComponentType<BulkFormProps>;
  isReady(value: Record<string, unknown>): boolean;
  /** What to send for what was filled in. */
  toInput?(value: Record<string, unknown>): Promise<Record<string, unknown>>;
}
