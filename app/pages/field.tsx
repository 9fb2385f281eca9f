import { Form } from "antd";
import type { ReactNode } from "react";

interface FieldProps {
  /** Of the control inside. */
  id: string;
  label: string;
  problem?: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
}

/** A labelled control with what is wrong with it, or else what it is for, below it. */
export function Field({ id, label, problem, hint, children }: FieldProps) {
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      {...(problem ? { validateStatus: "error" as const, help: <span role="alert">{problem}</span> } : {})}
      {...(!problem && hint ? { extra: hint } : {})}
    >
      {children}
    </Form.Item>
  );
}
