import type { LoaderFunctionArgs } from "@remix-run/node";
import { readPage } from "~/page-data.server";

export const loadHealth = ({ context }: LoaderFunctionArgs) => readPage(context, () => context.health());
