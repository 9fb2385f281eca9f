import { expect, test } from "vitest";
import { z } from "zod";
import { command, parseInput } from "./command";
import type { AuditEntry, Ctx, TxCtx } from "./context";
import { AppError } from "./errors";

function aTestCtx(granted: boolean) {
  const written: AuditEntry[] = [];
  const ctx = { can: () => granted, audit: async (entry: AuditEntry) => void written.push(entry) } as unknown as TxCtx;
  ctx.tx = (work) => work(ctx);
  return { ctx: ctx as Ctx, written };
}

const rename = command({
  name: "test.rename",
  permission: "things.write",
  input: z.strictObject({ id: z.string(), name: z.string().min(1, "Give a name.") }),
  async run(_ctx, { id, name }) {
    return { result: name, audit: { action: "thing.renamed", target: { type: "thing", id }, after: { name } } };
  },
});

test("a command writes the audit entry that its run returns", async () => {
  const { ctx, written } = aTestCtx(true);
  expect(await rename(ctx, { id: "1", name: "New" })).toBe("New");
  expect(written).toEqual([{ action: "thing.renamed", target: { type: "thing", id: "1" }, after: { name: "New" } }]);
});

test("without the permission nothing runs and the permission is named", async () => {
  const { ctx, written } = aTestCtx(false);
  await expect(rename(ctx, { id: "1", name: "New" })).rejects.toMatchObject({ code: "forbidden" });
  expect(written).toEqual([]);
});

test("bad input names each field, unknown ones too", () => {
  const attempt = () => parseInput(rename.spec.input, { id: "1", name: "", colour: "red" });
  expect(attempt).toThrow(AppError);
  try {
    attempt();
  } catch (error) {
    expect((error as AppError).fields).toEqual({
      name: "Give a name.",
      colour: "This field is not known here; remove it.",
    });
  }
});

test("text that the database cannot keep is refused with its field", () => {
  const attempt = () => parseInput(z.object({ names: z.array(z.string()) }), { names: ["good", "b\0d"] });
  expect(attempt).toThrow(expect.objectContaining({ code: "invalid", fields: { "names.1": expect.any(String) } }));
});
