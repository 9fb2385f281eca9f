// What the browser and other slices may know of agency, brands, members and roles.
import { z } from "zod";

export const Role = z.enum(["owner", "admin", "ops", "lead", "client"]);
export type Role = z.infer<typeof Role>;

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  ops: "Ops",
  lead: "Account lead",
  client: "Client",
};
