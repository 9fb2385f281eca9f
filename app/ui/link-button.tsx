import { Button, type ButtonProps } from "antd";
import { useLinkTo } from "~/providers/router";

/** A link inside the product that looks like a button: for the next step, where nothing is changed by going there. */
export function LinkButton({ to, ...props }: Omit<ButtonProps, "href" | "onClick" | "htmlType"> & { to: string }) {
  const { href, onClick } = useLinkTo(to);
  return <Button {...props} href={href} onClick={onClick as NonNullable<ButtonProps["onClick"]>} />;
}
