import type { SandboxClock } from "../clock";
import { uploadedTables } from "../events/tables/uploaded";
import type { Settings } from "../limits";
import type { AmcAccount, World } from "../world/types";
import { type Beginning, secondsSince } from "./elapsed";

// The instances of AMC accounts: those the world began with, and what clients made of them.

export interface AdvertiserRef {
  id: string;
  type: "DISPLAY" | "SPONSORED_ADS" | "SAS";
  marketplaceId?: string | null | undefined;
}

type UpdateStatus = "PENDING" | "UPDATING" | "COMPLETED" | "REJECTED";

export interface AdvertiserUpdate {
  updateId: number;
  begun: Beginning;
  advertisersToAdd: AdvertiserRef[];
  advertisersToRemove: AdvertiserRef[];
  rejected: boolean;
  applied: boolean;
}

export interface Instance {
  instanceId: string;
  accountId: string;
  instanceName: string;
  instanceType: "STANDARD" | "SANDBOX";
  customerName: string;
  /** absent: it was there when the world began */
  begun?: Beginning | undefined;
  createdAt: number;
  advertisers: AdvertiserRef[];
  awsAccountId: string | null;
  s3BucketName: string | null;
  /** tables it pays for */
  datasets: { label: string; tables: string[] }[];
  /** tables of its own */
  uploads: string[];
  idempotencyToken?: string | undefined;
  updates: AdvertiserUpdate[];
}

export interface BookState {
  termsAccepted: Record<string, boolean>;
  instances: Instance[];
}

type CreationStatus = "REQUESTED" | "SUBMITTED" | "IN_PROGRESS" | "COMPLETED";

export interface AmcBook {
  accounts: readonly AmcAccount[];
  termsAccepted(accountId: string): boolean;
  acceptTerms(accountId: string, accepted: boolean): void;
  /** oldest first */
  instancesOf(accountId: string): Instance[];
  find(instanceId: string): Instance | undefined;
  add(instance: Instance): void;
  remove(instanceId: string): void;
  creationStatus(instance: Instance): CreationStatus;
  updateStatus(update: AdvertiserUpdate): UpdateStatus;
  /** after an instance was changed */
  changed(): void;
  state(): BookState;
}

interface BookParts {
  world: World;
  clock: SandboxClock;
  settings: Settings;
  saved: BookState | undefined;
  onChange(): void;
}

export function createBook({ world, clock, settings, saved, onChange }: BookParts): AmcBook {
  const state: BookState = saved ?? { termsAccepted: {}, instances: firstInstances(world) };
  const stage = (begun: Beginning) => {
    const seconds = secondsSince(clock, begun);
    return seconds >= settings.amcSetupSeconds ? 1 : seconds / settings.amcSetupSeconds;
  };
  const book: AmcBook = {
    accounts: world.amc,
    termsAccepted: (accountId) =>
      state.termsAccepted[accountId] ??
      world.amc.find((account) => account.accountId === accountId)?.termsAccepted ??
      false,
    acceptTerms(accountId, accepted) {
      state.termsAccepted[accountId] = accepted;
      onChange();
    },
    instancesOf: (accountId) => state.instances.filter((instance) => instance.accountId === accountId).map(settled),
    find(instanceId) {
      const found = state.instances.find((instance) => instance.instanceId === instanceId);
      return found && settled(found);
    },
    add(instance) {
      state.instances.push(instance);
      onChange();
    },
    remove(instanceId) {
      state.instances = state.instances.filter((instance) => instance.instanceId !== instanceId);
      onChange();
    },
    creationStatus({ begun }) {
      const done = begun ? stage(begun) : 1;
      if (done >= 1) return "COMPLETED";
      return done < 0.2 ? "REQUESTED" : done < 0.4 ? "SUBMITTED" : "IN_PROGRESS";
    },
    updateStatus({ begun, rejected }) {
      const done = stage(begun);
      if (done < 0.3) return "PENDING";
      if (rejected) return "REJECTED";
      return done < 1 ? "UPDATING" : "COMPLETED";
    },
    changed: onChange,
    state: () => state,
  };
  /** Applies those updates of its advertisers that have come to their end. */
  function settled(instance: Instance): Instance {
    for (const update of instance.updates) {
      if (update.applied || book.updateStatus(update) !== "COMPLETED") continue;
      const gone = new Set(update.advertisersToRemove.map(({ id }) => id));
      const added = new Set(update.advertisersToAdd.map(({ id }) => id));
      const kept = instance.advertisers.filter(({ id }) => !gone.has(id) && !added.has(id));
      instance.advertisers = [...kept, ...update.advertisersToAdd];
      update.applied = true;
      onChange();
    }
    return instance;
  }
  return book;
}

/** The first instance of each account pays for every dataset there is, and its advertiser uploaded its customers. */
function firstInstances(world: World): Instance[] {
  return world.amc.flatMap((account) =>
    account.instances.map(({ instanceId, instanceName, instanceType, createdOn, advertisers }, at) => ({
      instanceId,
      accountId: account.accountId,
      instanceName,
      instanceType,
      customerName: account.accountName,
      createdAt: Date.parse(`${createdOn}T09:00:00Z`),
      advertisers: advertisers.map(({ advertiserId }) => ({ id: advertiserId, type: "DISPLAY" as const })),
      awsAccountId: null,
      s3BucketName: `${instanceId}-results`,
      datasets: at === 0 && instanceType === "STANDARD" ? DATASETS : [],
      uploads: at === 0 && instanceType === "STANDARD" ? uploadedTables.map(({ name }) => name) : [],
      updates: [],
    })),
  );
}

/** Labels are not documented. */
const DATASETS: Instance["datasets"] = [
  { label: "Flexible Amazon Shopping Insights", tables: ["conversions_all", "conversions_all_for_audiences"] },
  {
    label: "Audience Segment Insights",
    tables: [
      "audience_segments_amer_inmarket",
      "audience_segments_amer_inmarket_snapshot",
      "audience_segments_amer_lifestyle",
      "audience_segments_amer_lifestyle_snapshot",
      "segment_metadata",
    ],
  },
  {
    label: "Amazon Brand Store Insights",
    tables: ["amazon_brand_store_page_views", "amazon_brand_store_page_views_for_audiences"],
  },
];
