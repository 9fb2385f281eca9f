import { Meta } from "@remix-run/react";
import { Children, cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { PRODUCT_NAME } from "#server/workspace/theme-contract";

const suffix = new RegExp(`${PRODUCT_NAME}$`);

/** Pages end their titles in the product's own name; under a theme with another, that one stands there. */
export function NamedMeta({ name }: { name: string | null }) {
  const drawn: ReactNode = Meta();
  return name === null ? drawn : renamed(drawn, name);
}

function renamed(node: ReactNode, name: string): ReactNode {
  return Children.map(node, (child) => {
    if (!isValidElement(child)) return child;
    const element = child as ReactElement<{ children?: ReactNode }>;
    const { children } = element.props;
    if (element.type === "title")
      return cloneElement(
        element,
        {},
        String(children).replace(suffix, () => name),
      );
    return element.type === Fragment ? cloneElement(element, {}, renamed(children, name)) : element;
  });
}
