import { resource } from "../core/resource";
import { Annotation, annotationKinds } from "./annotation-contract";
import { getAnnotation, listAnnotations } from "./list-annotations";
import { viewFilter } from "./view";
import { changeAnnotation, removeAnnotation, writeAnnotation } from "./write-annotations";

export const annotationsResource = resource({
  name: "annotations",
  title: "Annotation",
  description:
    "What people wrote on days, and what happened on them: changes, consents lost and back, missing days, late restatements.",
  item: Annotation,
  list: {
    permission: "insights.read",
    filter: { id: "text", kind: annotationKinds, brandId: "text", campaignId: "text", ...viewFilter },
    sort: [],
    run: listAnnotations,
  },
  get: { permission: "insights.read", run: getAnnotation },
  create: writeAnnotation,
  update: changeAnnotation,
  remove: removeAnnotation,
  auditType: "annotation",
});
