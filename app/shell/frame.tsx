import { type ReactNode, useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import { Bell } from "~/notifications/bell";
import { DateRangePicker } from "~/ui/date-range-picker";
import { BrandSwitcher } from "./brand-switcher";
import { KeysDialog } from "./keys-dialog";
import { Palette } from "./palette";
import { ProfileMenu } from "./profile-menu";
import { BottomBar, Rail } from "./rail";
import { useKeys } from "./use-keys";
import { useIsLeaving, usePageRange } from "./use-place";

type Dialog = "palette" | "keys" | null;

const SandboxLine = () => (
  <section className="tm-sandbox" aria-label="Environment">
    <strong>Sandbox.</strong> Accounts and numbers here are invented; nothing reaches Amazon.
  </section>
);

export function Frame({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const keys = useKeys(viewer, setDialog);
  const pageRange = usePageRange();
  const leaving = useIsLeaving();
  return (
    <div className="tm-shell">
      <a className="tm-skip" href="#content">
        Skip to content
      </a>
      <Rail viewer={viewer} />
      <div className="tm-body">
        <header className="tm-top">
          <BrandSwitcher brands={viewer.brands} />
          <span className="tm-spring" />
          {pageRange ? <DateRangePicker {...pageRange} /> : null}
          <button type="button" className="tm-palette-open" onClick={() => setDialog("palette")} aria-haspopup="dialog">
            <span>Go to…</span>
            <kbd>Ctrl K</kbd>
          </button>
          <Bell />
          <ProfileMenu viewer={viewer} onKeys={() => setDialog("keys")} />
          <span className="tm-leaving" data-on={leaving} aria-hidden="true" />
        </header>
        {viewer.environment === "sandbox" ? <SandboxLine /> : null}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <BottomBar viewer={viewer} />
      <Palette viewer={viewer} open={dialog === "palette"} onClose={close} />
      <KeysDialog viewer={viewer} open={dialog === "keys"} onClose={close} single={keys} />
    </div>
  );
}
