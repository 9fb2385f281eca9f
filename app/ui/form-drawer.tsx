// A form in a drawer. Its code comes when one is first opened: no page pays for it before.
import type { BaseRecord } from "@refinedev/core";
import type { FormInstance } from "antd";
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { ComparedField } from "./conflict";

export interface FormDrawerProps<V extends object> {
  open: boolean;
  onClose: () => void;
  title: string;
  resource: string;
  /** Edits this record; without it a new one is made. */
  id?: string;
  initialValues?: Partial<V>;
  /** Names the act: "Create brand". */
  act: string;
  /** What to say when done: "Brand created". */
  done: string;
  onDone?: (record: BaseRecord) => void;
  /** What of the record the form holds, where its fields have another shape. */
  toForm?: (record: BaseRecord) => V;
  /** What is sent of the form's values; `before` is what it was filled with. */
  toInput?: (values: V, before: V | null) => object;
  /** The fields to show where somebody else saved first, so that one can choose; else the refusal is said in words. */
  compared?: readonly ComparedField<V>[];
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
}

/**
 * What a drawer is open for, kept while it closes, so that the focus goes back to where it was opened from. `turn` as key makes
 * each opening a new form. Give each opening an object of its own.
 */
export function useKeptOpening<T extends object>(open: T | null): { opening: T | null; turn: number } {
  const [kept, setKept] = useState<{ opening: T | null; turn: number }>({ opening: open, turn: 0 });
  if (open === null || open === kept.opening) return kept;
  const next = { opening: open, turn: kept.turn + 1 };
  setKept(next);
  return next;
}

const DrawerForm = lazy(() => import("./drawer-form"));

/** Server errors show under their fields and what was typed stays. */
export function FormDrawer<V extends object>(props: FormDrawerProps<V>) {
  const { open } = props;
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    if (open) setWasOpened(true);
  }, [open]);
  if (!wasOpened) return null;
  const Body = DrawerForm as unknown as ComponentType<FormDrawerProps<V>>;
  return (
    <Suspense fallback={null}>
      <Body {...props} />
    </Suspense>
  );
}
