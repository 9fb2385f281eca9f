import type { Entity } from "./entities";

/** Delivery status and its reasons, from the state and the dates at the sandbox's time. */
export function deliveryStatus(kind: "CAMPAIGN" | "AD_GROUP", entity: Entity, now: number): Entity {
  const reason = reasonOf(kind, entity, now);
  return reason === undefined
    ? { deliveryStatus: "DELIVERING", deliveryReasons: [] }
    : { deliveryStatus: "NOT_DELIVERING", deliveryReasons: [reason] };
}

function reasonOf(kind: "CAMPAIGN" | "AD_GROUP", entity: Entity, now: number): string | undefined {
  if (entity.state === "ARCHIVED") return `${kind}_ARCHIVED`;
  if (entity.state === "PAUSED") return `${kind}_PAUSED`;
  if (Date.parse(String(entity.startDateTime)) > now) return `${kind}_PENDING_START_DATE`;
  if (Date.parse(String(entity.endDateTime)) < now)
    return kind === "CAMPAIGN" ? "CAMPAIGN_END_DATE_REACHED" : "AD_GROUP_ENDED";
  return undefined;
}
