// Amounts in the log are for those who may see the brand's money: whoever may not reads that they are hidden. What is stored stays whole.
import type { Ctx } from "../core/context";
import type { AuditEvent } from "./contract";

/** Fields that hold amounts, wherever in an event they are. */
const moneyField = /[bB]udget|^bid|Bid|[sS]pen[dt]|[cC]ost|[aA]mount|[pP]rice|[sS]ales/;
/** Words about an event with amounts may repeat them. */
const wordsField = /^(outcome|message|reason|note|words)$/;

const hiddenAmount = "hidden";

type Details = AuditEvent["before"];
type MoneyEvent = Pick<AuditEvent, "before" | "after" | "brandId">;

const mayReadMoney = (ctx: Pick<Ctx, "can">, { brandId }: Pick<AuditEvent, "brandId">): boolean =>
  ctx.can("money.read", brandId);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function holdsMoney(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsMoney);
  return isObject(value) && Object.entries(value).some(([key, inner]) => moneyField.test(key) || holdsMoney(inner));
}

/** Whether the event is shown as it is. */
export const isShown = (ctx: Pick<Ctx, "can">, event: MoneyEvent): boolean =>
  mayReadMoney(ctx, event) || ![event.before, event.after].some(holdsMoney);

/** The event as the reader may see it. */
export function withoutMoney<T extends MoneyEvent>(ctx: Pick<Ctx, "can">, event: T): T {
  if (isShown(ctx, event)) return event;
  return { ...event, before: redact(event.before) as Details, after: redact(event.after) as Details };
}

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactField(key, inner)]));
}

function redactField(key: string, value: unknown): unknown {
  if (value === null) return null;
  if (moneyField.test(key)) return hiddenAmount;
  // "refused: must be from 1 to 5" says how it ended before the colon.
  if (wordsField.test(key)) return key === "outcome" ? String(value).split(":")[0] : hiddenAmount;
  return redact(value);
}
