import { resource } from "../core/resource";
import { brandsResource } from "../workspace";
import { WallBrand } from "./contract";
import { getWallBrand, listWall } from "./read-wall";

export const brandWallResource = resource({
  name: "brand-wall",
  title: "Brand on the wall",
  description:
    "How each brand stands: consent, freshness, spend against the month's budget, failed work and open alerts, those in most need first. What the reader may not see is null.",
  item: WallBrand,
  list: {
    permission: "brands.read",
    filter: { id: "id", name: "text", tags: "text", ownerUserId: "text", need: WallBrand.shape.need.options },
    sort: ["name", "need", "ownerName", "tags", "accounts", "deviation", "dataThrough", "createdAt"],
    search: true,
    run: listWall,
  },
  get: { permission: "brands.read", run: getWallBrand },
  seenAs: brandsResource,
});
