import { Button, type ButtonProps } from "antd";
import type { MouseEvent } from "react";
import { useLinkTo } from "~/providers/router";

type LinkButtonProps = Omit<ButtonProps, "href" | "onClick" | "htmlType"> & {
  to: string;
  /** Called on the way there. */
  onGo?: () => void;
};

/** A link inside the product that looks like a button: for the next step, where nothing is changed by going there. */
export function LinkButton({ to, onGo, ...props }: LinkButtonProps) {
  const { href, onClick } = useLinkTo(to);
  const go = (event: MouseEvent<HTMLElement & HTMLAnchorElement>) => {
    onGo?.();
    onClick(event);
  };
  return <Button {...props} href={href} onClick={go as NonNullable<ButtonProps["onClick"]>} />;
}
