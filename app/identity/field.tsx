import { Input, type InputProps } from "antd";
import { useId } from "react";

interface FieldProps
  extends Pick<InputProps, "type" | "autoComplete" | "defaultValue" | "autoFocus" | "readOnly" | "inputMode"> {
  name: string;
  label: string;
  /** What is wanted, under the field. */
  hint?: string;
  /** What is wrong with what was sent. */
  error?: string | undefined;
}

/** A labelled field of a plain HTML form. */
export function Field({ name, label, hint, error, type = "text", ...input }: FieldProps) {
  const id = useId();
  const notes = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const Control = type === "password" ? Input.Password : Input;
  return (
    <div className="tm-field">
      <label htmlFor={id}>{label}</label>
      <Control
        {...input}
        id={id}
        name={name}
        size="large"
        required
        {...(type === "password" ? {} : { type })}
        {...(error ? { status: "error" as const, "aria-invalid": true } : {})}
        {...(notes ? { "aria-describedby": notes } : {})}
      />
      {error ? (
        <p id={`${id}-error`} className="tm-field-error">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="tm-field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
