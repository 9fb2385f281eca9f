import { addMonths } from "./calendar";
import { codeOf } from "./random";
import type { Advertiser, AmazonUser, AmcAccount, AmcInstance, Profile, WorldOptions } from "./types";

interface Made {
  /** the DSP entities, in the order they were made */
  profiles: Profile[];
  advertisers: Advertiser[];
  users: AmazonUser[];
}

/** In the order of the users: Ava and Chloe may use AMC, Ben may not. */
const USERS_WITH_AMC = [0, 2];
/** The second brand has no instance; the terms of the second entity's account are not accepted. */
const BRAND_WITHOUT = 1;
const ENTITY_WITHOUT_TERMS = 1;

/** One AMC account a DSP entity, with an instance for each of its brands but one. */
export function buildAmc(options: WorldOptions, made: Made): AmcAccount[] {
  return made.profiles.map((profile, index) => {
    const accountId = `ENTITY${codeOf(13, [options.seed, "amc", ...numbered(index)])}`;
    const covered = made.advertisers.filter(
      (advertiser, at) => advertiser.profileId === profile.profileId && at !== BRAND_WITHOUT,
    );
    const instances = covered.map((advertiser) =>
      instance(options, { name: advertiser.name, words: wordsOf(made, advertiser), advertisers: [advertiser] }),
    );
    const trial = { name: "Sandbox", words: ["sandbox", index], advertisers: [] };
    return {
      accountId,
      accountName: index === 0 ? "Northlight Media AMC" : `${profile.name} AMC`,
      marketplaceId: profile.marketplaceStringId,
      region: profile.region,
      termsAccepted: index !== ENTITY_WITHOUT_TERMS,
      userIds: USERS_WITH_AMC.flatMap((at) => made.users[at]?.id ?? []),
      instances: [...instances, { ...instance(options, trial), instanceType: "SANDBOX" }],
    };
  });
}

/** The very first has no number: its ids were there before the others. */
const numbered = (index: number) => (index === 0 ? [] : [index]);

const wordsOf = ({ advertisers }: Made, advertiser: Advertiser) => numbered(advertisers.indexOf(advertiser));

function instance(
  options: WorldOptions,
  of: { name: string; words: (string | number)[]; advertisers: Advertiser[] },
): AmcInstance {
  return {
    instanceId: `amc${codeOf(8, [options.seed, "amc-instance", ...of.words], "abcdefghijklmnopqrstuvwxyz")}`,
    // Digits, letters and spaces only.
    instanceName: of.name.replace(/[^A-Za-z0-9 ]+/g, "").replace(/ +/g, " "),
    instanceType: "STANDARD",
    createdOn: addMonths(options.anchor, -options.months),
    advertisers: of.advertisers,
  };
}
