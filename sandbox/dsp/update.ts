import { json, type Reply, v1Error } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Sandbox } from "../sandbox";
import type { Advertiser } from "../world/types";
import { applyUpdate } from "./apply-update";
import { type FieldCheck, type ItemError, problem } from "./check-fields";
import type { EntityKind } from "./edits";
import { adEntity, adGroupEntity, campaignEntity, type Entity } from "./entities";
import { isRecord, openV1Account, refuseV1 } from "./v1-request";
import { AD_FIELDS, adGroupFields, CAMPAIGN_FIELDS } from "./writable";

// Ads API v1 updates: 207 with what went well and what did not, item by item.

interface Target {
  entity: Entity;
  fields: Record<string, FieldCheck>;
  /** whether an ad group's campaign leaves budgets to its ad groups */
  campaignIsManual?: boolean;
}

interface Writable {
  kind: EntityKind;
  plural: "campaigns" | "adGroups" | "ads";
  most: number;
  find(sandbox: Sandbox, advertiser: Advertiser, id: string): Target | undefined;
}

const WRITABLES: Writable[] = [
  {
    kind: "campaign",
    plural: "campaigns",
    most: 5,
    find(sandbox, advertiser, id) {
      const campaign = sandbox.world.campaigns.find((c) => c.campaignId === id && c.advertiser === advertiser);
      return campaign && { entity: campaignEntity(sandbox, campaign), fields: CAMPAIGN_FIELDS };
    },
  },
  {
    kind: "adGroup",
    plural: "adGroups",
    most: 20,
    find(sandbox, advertiser, id) {
      const adGroup = sandbox.world.adGroups.find((g) => g.adGroupId === id && g.campaign.advertiser === advertiser);
      if (!adGroup) return undefined;
      const campaign = campaignEntity(sandbox, adGroup.campaign);
      return {
        entity: adGroupEntity(sandbox, adGroup),
        fields: adGroupFields(adGroup.campaign.inventory),
        campaignIsManual: isManual(campaign.optimizations),
      };
    },
  },
  {
    kind: "ad",
    plural: "ads",
    most: 10,
    find(sandbox, advertiser, id) {
      const ad = sandbox.world.ads.find((a) => a.adId === id && a.campaign.advertiser === advertiser);
      return ad && { entity: adEntity(sandbox, ad), fields: AD_FIELDS };
    },
  },
];

export const updateRoutes: Route[] = WRITABLES.map((writable) => ({
  method: "POST",
  path: `/adsApi/v1/update/${writable.plural}`,
  operation: `v1.update.${writable.plural}`,
  handle: (request: ApiRequest) => answerUpdate(request, writable),
}));

function isManual(optimization: unknown): boolean {
  const settings = isRecord(optimization) ? optimization.budgetSettings : undefined;
  return isRecord(settings) && settings.budgetAllocation === "MANUAL";
}

function answerUpdate(request: ApiRequest, writable: Writable): Reply {
  const { body, advertiser, caller } = openV1Account(request);
  if (caller.user.access[advertiser.advertiserId] !== "edit") {
    throw refuseV1(401, `Not authorized to edit account ${advertiser.advertiserId}`);
  }
  const items = body[writable.plural];
  if (!Array.isArray(items) || items.length === 0) throw refuseV1(400, `${writable.plural} must be a non-empty list`);
  if (items.length > writable.most) {
    throw v1Error(413, "CONTENT_TOO_LARGE", `At most ${writable.most} ${writable.plural} can be written at once`);
  }
  const success: object[] = [];
  const error: object[] = [];
  const seen = new Set<string>();
  items.forEach((item: unknown, index) => {
    const result = updateItem(request.sandbox, { writable, advertiser, seen, item, index });
    if ("errors" in result) error.push({ index, errors: result.errors.slice(0, 20) });
    else success.push({ index, [writable.kind]: result.entity });
  });
  return json(207, { success, error });
}

interface Item {
  writable: Writable;
  advertiser: Advertiser;
  /** ids already met in this request */
  seen: Set<string>;
  item: unknown;
  index: number;
}

function updateItem(sandbox: Sandbox, of: Item): { entity: Entity } | { errors: ItemError[] } {
  const { writable, advertiser, seen, item, index } = of;
  const at = `${writable.plural}[${index}]`;
  const idField = `${writable.kind}Id`;
  const refused = (code: string, message: string, where = `${at}.${idField}`) => ({
    errors: [problem(code, message, where)],
  });
  if (!isRecord(item)) return refused("FIELD_VALUE_IS_INVALID", "must be an object", at);
  const id = item[idField];
  if (typeof id !== "string") return refused("FIELD_VALUE_IS_NULL", `${idField} is required`);
  const target = writable.find(sandbox, advertiser, id);
  if (!target) return refused("RESOURCE_ID_NOT_FOUND", `${writable.kind} not found`);
  if (seen.has(id)) return refused("DUPLICATE_RESOURCE_ID_FOUND", `${idField} is given twice`);
  seen.add(id);
  if (target.entity.state === "ARCHIVED") return refused("ARCHIVED_RESOURCE_CANNOT_EDIT", "it is archived", at);
  const { [idField]: _id, ...changes } = item;
  const errors = checkChanges(target, changes, at);
  if (errors.length > 0) return { errors };
  applyUpdate({ sandbox, kind: writable.kind, id, entity: target.entity, currency: advertiser.currency }, changes);
  return { entity: writable.find(sandbox, advertiser, id)?.entity ?? target.entity };
}

function checkChanges(target: Target, changes: Record<string, unknown>, at: string): ItemError[] {
  const errors = Object.entries(changes).flatMap(([name, value]) => {
    const check = target.fields[name];
    if (check) return check(value, `${at}.${name}`);
    return [problem("FIELD_VALUE_CANNOT_EDIT", `${name} cannot be written`, `${at}.${name}`)];
  });
  if (target.campaignIsManual === undefined || changes.budgets === undefined) return errors;
  const own = isManual(changes.optimization ?? target.entity.optimization);
  if (target.campaignIsManual && own) return errors;
  const message = "budgets can be edited only with budgetAllocation MANUAL at the campaign and the ad group";
  return [...errors, problem("FIELD_VALUE_CANNOT_EDIT", message, `${at}.budgets`)];
}
