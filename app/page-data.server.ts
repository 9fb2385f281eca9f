// How pages read: as the signed-in person, with refusals turned into what the error boundary draws.
import { type AppLoadContext, data, redirect } from "@remix-run/node";
import { describeResource } from "#server/api/describe";
import { toAppError } from "#server/api/error-body";
import { parseListQuery } from "#server/api/simple-rest";
import type { Ctx } from "#server/core/context";
import { type AppError, statusOf } from "#server/core/errors";
import { requireRead } from "#server/core/query";
import { type Resource, withListFields } from "#server/core/resource";
import { defaultViewOf } from "#server/workspace";
import { type ListParams, type Seed, wireQueryOf } from "./ui/list-params";
import type { Failure } from "./ui/states";

/** What people are told of an error, with the id to find it in the logs by. */
export function failureFrom(error: unknown, context: AppLoadContext): Failure & { status: number; fields: Fields } {
  const known: AppError = toAppError(error, context.identity.log.child({ requestId: context.requestId }));
  return {
    message: known.message,
    remedy: known.remedy,
    requestId: context.requestId,
    status: statusOf(known.code),
    fields: known.fields ?? {},
  };
}

/** One message a field. */
export type Fields = Record<string, string>;

/** @throws what the route's error boundary draws */
export const readPage = <T>(context: AppLoadContext, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  orFailure(context, () => context.page(work));

/** @throws what the route's error boundary draws */
export async function orFailure<T>(context: AppLoadContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response) throw error;
    const { status, message, remedy, requestId } = failureFrom(error, context);
    throw data({ message, remedy, requestId }, { status });
  }
}

/** The first page of a list, exactly as `GET /api/v1/<resource>` would answer it. */
export function readList<T>(
  context: AppLoadContext,
  resource: Resource,
  params: ListParams,
  viewsOf = resource.name,
): Promise<Seed<T>> {
  return readPage(context, async (ctx) => {
    const spec = resource.list;
    if (!spec) throw new Error(`${resource.name} has no list`);
    requireRead(ctx, spec.permission, "anyBrand");
    await openDefaultView(ctx, viewsOf, params.bareAt);
    const query = parseListQuery(wireQueryOf(params), spec);
    const { seen, items, total } = await ctx.tx(async (tx) => ({
      seen: await withListFields(tx, resource, query),
      ...(await spec.run(tx, query)),
    }));
    return { params, items: items as T[], total, description: describeResource(seen) };
  });
}

/** @throws a redirect, where the viewer wants another view of the list to open first */
async function openDefaultView(ctx: Ctx, viewsOf: string, bareAt: string | undefined): Promise<void> {
  const view = bareAt ? await defaultViewOf(ctx, viewsOf) : null;
  if (!view) return;
  const query = new URLSearchParams(view.query);
  query.set("saved", view.id);
  throw redirect(`${bareAt}?${query}`);
}
