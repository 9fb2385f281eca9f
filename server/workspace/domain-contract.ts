// Host names of clients' own, under which their brand is shown.
import { z } from "zod";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

export const Host = z
  .string({ error: "Give a host name." })
  .trim()
  .toLowerCase()
  .max(190, { error: "A host name has at most 190 characters." })
  .regex(new RegExp(`^(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`), {
    error: "Give a host name such as reports.client.com, without https:// and path.",
  });

export const Domain = z.object({
  /** The host name. */
  id: z.string(),
  brandId: z.string(),
  brandName: z.string(),
  /** The TXT record that proves who controls the host. */
  record: z.object({ name: z.string(), value: z.string() }),
  state: z.enum(["waiting", "in_force", "failing"]),
  createdAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime().nullable(),
  checkedAt: z.iso.datetime().nullable(),
  /** Why the last check failed. */
  problem: z.string().nullable(),
});
export type Domain = z.infer<typeof Domain>;

export const DomainCreate = z.strictObject({ host: Host, brandId: z.uuid({ error: "Choose the brand." }) });
export const DomainMove = z.strictObject({ id: z.string().max(200) });

export const recordName = (host: string): string => `_tidemark.${host}`;
