import { SearchOutlined } from "@ant-design/icons";
import { type ReactNode, useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import { Bell } from "~/notifications/bell";
import { AsOfPicker } from "~/ui/as-of-picker";
import { DateRangePicker } from "~/ui/date-range-picker";
import { Mark } from "~/ui/mark";
import { AsOfLine } from "./as-of-line";
import { BrandSwitcher } from "./brand-switcher";
import { KeysDialog } from "./keys-dialog";
import { Palette } from "./palette";
import { ProfileMenu } from "./profile-menu";
import { BottomBar, Rail } from "./rail";
import { useKeys } from "./use-keys";
import { useIsLeaving, usePageRange } from "./use-place";
import { ViewingLine } from "./viewing-line";

type Dialog = "palette" | "keys" | null;

const SandboxLine = () => (
  <section className="tm-sandbox" aria-label="Environment">
    <strong>Sandbox.</strong> Accounts and numbers here are invented; nothing reaches Amazon.
  </section>
);

/** For who has to set up a second factor before anything else. */
export function SetUpFrame({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return (
    <div className="tm-shell">
      <div className="tm-body">
        <header className="tm-top">
          <span className="tm-set-up-brand">
            <Mark /> <strong>Tidemark</strong>
          </span>
          <span className="tm-spring" />
          <ProfileMenu viewer={viewer} />
        </header>
        {viewer.environment === "sandbox" ? <SandboxLine /> : null}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

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
          {pageRange ? <AsOfPicker asOf={pageRange.range.asOf} /> : null}
          {pageRange ? <DateRangePicker {...pageRange} /> : null}
          <button type="button" className="tm-palette-open" onClick={() => setDialog("palette")} aria-haspopup="dialog">
            <SearchOutlined aria-hidden="true" />
            <span className="tm-palette-word">Go to…</span>
            <kbd>Ctrl K</kbd>
          </button>
          <Bell />
          <ProfileMenu viewer={viewer} onKeys={() => setDialog("keys")} />
          <span className="tm-leaving" data-on={leaving} aria-hidden="true" />
        </header>
        {viewer.viewingAs ? <ViewingLine member={viewer.viewingAs} /> : null}
        {viewer.environment === "sandbox" ? <SandboxLine /> : null}
        {pageRange?.range.asOf ? <AsOfLine asOf={pageRange.range.asOf} /> : null}
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
