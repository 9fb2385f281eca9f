import { AlertOutlined, ApiOutlined, DisconnectOutlined, EditOutlined, HistoryOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Annotation, AnnotationKind } from "#server/insights/annotation-contract";
import type { DayMark } from "~/ui/day-marks";

export const kindWords: Record<AnnotationKind, { one: string; many: string; icon: ReactNode }> = {
  note: { one: "Note", many: "Notes", icon: <EditOutlined /> },
  change: { one: "Change", many: "Changes", icon: <ApiOutlined /> },
  consent: { one: "Consent", many: "Consents", icon: <DisconnectOutlined /> },
  gap: { one: "Missing days", many: "Missing days", icon: <AlertOutlined /> },
  restatement: { one: "Late restatement", many: "Late restatements", icon: <HistoryOutlined /> },
};

export const markOf = ({ id, from, to, kind, text, about }: Annotation): DayMark => ({
  id,
  from,
  to,
  kind: about ? `${kindWords[kind].one}, ${about}` : kindWords[kind].one,
  icon: kindWords[kind].icon,
  text,
});

/** The page that says more; null where there is none for it. */
export function morePath({ more }: Annotation): string | null {
  switch (more?.resource) {
    case "change-sets":
      return `/changes/${more.id}`;
    case "connections":
      return `/connections/${more.id}`;
    case "restatements":
      return "/restatements";
    case "sync-runs":
      return "/sync";
    default:
      return null;
  }
}
