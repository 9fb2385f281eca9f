import { resource } from "../core/resource";
import { addDomain, removeDomain } from "./change-domain";
import { discardDraft, publishTheme, resetTheme, rollBackTheme, saveTheme } from "./change-theme";
import { Domain } from "./domain-contract";
import { getDomain, listDomains } from "./list-domains";
import { getTheme, listThemes } from "./list-themes";
import { Theme } from "./theme-contract";
import { verifyDomain } from "./verify-domain";

export const themesResource = resource({
  name: "themes",
  title: "Theme",
  description:
    "How a brand looks to its people: colours, radius, logo and words. The id is the brand's, or `agency` for the look that brands without one of their own inherit. Changing one saves a draft; publishing puts it in force.",
  item: Theme,
  list: { permission: "themes.read", filter: {}, sort: [], search: true, run: listThemes },
  get: { permission: "themes.read", run: getTheme },
  update: saveTheme,
  actions: { publish: publishTheme, "roll-back": rollBackTheme, discard: discardDraft, reset: resetTheme },
  single: ["publish", "roll-back", "discard", "reset"],
});

export const domainsResource = resource({
  name: "domains",
  title: "Domain",
  description:
    "Host names of clients' own, under which their brand is shown once a TXT record proves who controls the host. The id is the host name.",
  item: Domain,
  list: {
    permission: "themes.read",
    filter: { id: "text", brandId: "id" },
    sort: ["createdAt"],
    search: true,
    run: listDomains,
  },
  get: { permission: "themes.read", run: getDomain },
  create: addDomain,
  remove: removeDomain,
  actions: { verify: verifyDomain },
  single: ["verify"],
});
