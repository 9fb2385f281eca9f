import { Button } from "antd";
import { useState } from "react";
import type { Brand } from "#server/workspace/contract";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import { BrandDrawer } from "./brand-drawer";
import { useArchiving } from "./use-archiving";

/** Edit and archive, or restore. The API refuses those who may not for this very brand. */
export function BrandActs({ brand, onDone }: { brand: Brand; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  const { archive, restore } = useArchiving(onDone);
  if (!can(useViewer(), "brands.write")) return null;
  if (brand.archivedAt) {
    return (
      <Button type="primary" onClick={() => void restore(brand)}>
        Restore brand
      </Button>
    );
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit brand</Button>
      <Button onClick={() => void archive(brand)}>Archive</Button>
      <BrandDrawer brand={brand} tags={brand.tags} open={open} onClose={() => setOpen(false)} onDone={onDone} />
    </>
  );
}
