// What operators do with agencies and keys. They are told names, ids and counts, never what an agency has in it.
import { randomUUID } from "node:crypto";
import type { Command as Program } from "commander";
import { listAccounts } from "./connections";
import { makeContext } from "./context";
import { parseInput } from "./core/command";
import type { Ctx } from "./core/context";
import { AppError } from "./core/errors";
import { wholeList } from "./core/query";
import { agencyIds, type Product } from "./product";
import { createAgencyFor, findAgency, listMembers, NewAgency, revokeByStart } from "./workspace";

type Run = (work: (product: Product) => Promise<void>) => Promise<void>;
type Say = (line: string) => void;

export function agencyCommands(program: Program, run: Run, say: Say): void {
  program
    .command("agency:create")
    .description(
      "create an agency; its owner gets a link to join by, or a place at once where the address signs in already",
    )
    .requiredOption("--name <name>", "name of the agency")
    .requiredOption("--owner-email <email>", "address of its first owner")
    .requiredOption("--owner-name <name>", "their name")
    .action((options: Record<string, string>) => run((product) => createAgency(product, options, say)));
  program
    .command("agency:list")
    .description("agencies of this installation: id, name, number of people and of accounts")
    .action(() => run((product) => listAgencies(product, say)));
  program
    .command("key:revoke")
    .argument("<start>", "what the API key starts with, such as tdmk_live_a1B2c3; a whole key is good too")
    .description("revoke an API key that was found where it should not be, whichever agency's it is")
    .action((start: string) => run((product) => revoke(product, start, say)));
}

const operator = (product: Product, agencyId: string, command: string): Ctx =>
  makeContext(product, { agencyId, actor: { kind: "operator", command } });

async function createAgency(product: Product, options: Record<string, string>, say: Say): Promise<void> {
  const input = parseInput(NewAgency, { ...options });
  const made = await createAgencyFor(operator(product, randomUUID(), "agency:create"), input);
  say(`Agency ${made.agencyId} "${input.name}" created.`);
  if (made.link) say(`Send this link to ${input.ownerEmail}; it works once, for 7 days:\n${made.link}`);
  else say(`${input.ownerEmail} signs in already and is its owner.`);
}

async function listAgencies(product: Product, say: Say): Promise<void> {
  for (const agencyId of await agencyIds(product)) {
    const ctx = operator(product, agencyId, "agency:list");
    const line = await ctx.tx(async (tx) => {
      const agency = await findAgency(tx);
      const [people, accounts] = [await listMembers(tx, wholeList(1)), await listAccounts(tx, wholeList(1))];
      return [agencyId, agency?.name ?? "", `people: ${people.total}`, `accounts: ${accounts.total}`].join("\t");
    });
    say(line);
  }
}

async function revoke(product: Product, start: string, say: Say): Promise<void> {
  let count = 0;
  for (const agencyId of await agencyIds(product)) {
    for (const key of await revokeByStart(operator(product, agencyId, "key:revoke"), start)) {
      say(`${agencyId}: key ${key.start}… revoked at ${key.revokedAt}.`);
      count++;
    }
  }
  if (count > 0) return;
  throw new AppError("not_found", "No API key of this installation starts so.", {
    remedy: "Give the first 16 characters, tdmk_live_ and six more, or the whole key.",
  });
}
