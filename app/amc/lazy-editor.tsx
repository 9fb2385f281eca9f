import { lazy, Suspense } from "react";
import { useHydrated } from "~/ui/view";
import type { SqlEditorProps } from "./sql-editor.client";

const Editor = lazy(async () => ({ default: (await import("./sql-editor.client")).SqlEditor }));

const Coming = () => <span className="tm-bone tm-chart-bone" style={{ height: 360 }} />;

export const LazyEditor = (props: SqlEditorProps) => (
  <div className="tm-sql-editor">
    {useHydrated() ? (
      <Suspense fallback={<Coming />}>
        <Editor {...props} />
      </Suspense>
    ) : (
      <Coming />
    )}
  </div>
);
