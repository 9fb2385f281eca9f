import { useRouteLoaderData } from "@remix-run/react";
import { PRODUCT_NAME } from "#server/workspace/theme-contract";
import type { RootData } from "~/root.server";
import { Mark } from "./mark";

/** What the product calls itself to who looks. */
export function useProductName(): string {
  const root = useRouteLoaderData("root") as RootData | undefined;
  return root?.theme?.productName ?? PRODUCT_NAME;
}

/** The logo of the theme in force, else the product's sign. */
export function BrandSign() {
  const root = useRouteLoaderData("root") as RootData | undefined;
  const logo = root?.theme?.logo[root.mode];
  return logo ? <img className="tm-logo" src={logo} alt="" /> : <Mark />;
}
