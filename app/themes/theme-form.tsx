import { Input, InputNumber } from "antd";
import { type ReactNode, useId } from "react";
import { PRODUCT_NAME } from "#server/workspace/theme-contract";
import { ColourField } from "./colour-field";
import { LogoField } from "./logo-field";
import type { ThemeEditor } from "./use-theme-editor";

interface ThemeFormProps {
  themeId: string;
  editor: ThemeEditor;
  disabled: boolean;
}

/** What a brand may change of the look. Colours are checked as one types. */
export function ThemeForm({ themeId, editor, disabled }: ThemeFormProps) {
  const { settings, change, faults } = editor;
  const { accent, logo } = settings;
  const words = (name: "productName" | "mailSender", label: string, hint: string, placeholder: string) => (
    <TextField label={label} hint={hint} error={faults[`settings.${name}`]}>
      {(field) => (
        <Input
          {...field}
          value={settings[name] ?? ""}
          placeholder={placeholder}
          maxLength={60}
          disabled={disabled}
          onChange={({ target }) => change({ [name]: target.value === "" ? null : target.value })}
        />
      )}
    </TextField>
  );
  return (
    <div className="tm-theme-form">
      <fieldset>
        <legend>Colours and shape</legend>
        <ColourField
          label="Accent in light mode"
          mode="light"
          value={accent.light}
          disabled={disabled}
          onChange={(light) => change({ accent: { ...accent, light } })}
        />
        <ColourField
          label="Accent in dark mode"
          mode="dark"
          value={accent.dark}
          disabled={disabled}
          onChange={(dark) => change({ accent: { ...accent, dark } })}
        />
        <TextField label="Corner radius, px" hint="0 is square, 12 is round." error={faults["settings.radius"]}>
          {(field) => (
            <InputNumber
              {...field}
              min={0}
              max={12}
              precision={0}
              value={settings.radius}
              disabled={disabled}
              onChange={(radius) => change({ radius: radius ?? 6 })}
            />
          )}
        </TextField>
      </fieldset>
      <fieldset>
        <legend>Name and logo</legend>
        {words("productName", "Product name", "In the rail, in titles, in mails and on covers.", PRODUCT_NAME)}
        <LogoField
          label="Logo"
          hint="PNG, JPEG, WebP or plain SVG, at most 1 MB. Also in mails and on covers."
          themeId={themeId}
          mode="light"
          look={settings}
          value={logo.light}
          disabled={disabled}
          onChange={(light) => change({ logo: { ...logo, light } })}
        />
        <LogoField
          label="Logo on dark"
          hint="Left out, the logo above stands on dark ground too."
          themeId={themeId}
          mode="dark"
          look={settings}
          value={logo.dark}
          disabled={disabled}
          onChange={(dark) => change({ logo: { ...logo, dark } })}
        />
      </fieldset>
      <fieldset>
        <legend>Mails and exports</legend>
        {words(
          "mailSender",
          "Sender's name of mails",
          "The address stays the installation's.",
          "As the installation sends",
        )}
        <TextField label="Footer" hint="Under mails and exports, one line." error={faults["settings.footer"]}>
          {(field) => (
            <Input
              {...field}
              value={settings.footer}
              maxLength={200}
              disabled={disabled}
              onChange={({ target }) => change({ footer: target.value })}
            />
          )}
        </TextField>
      </fieldset>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint: string;
  error: string | undefined;
  children: (field: { id: string; "aria-describedby": string; status?: "error" }) => ReactNode;
}

function TextField({ label, hint, error, children }: TextFieldProps) {
  const id = useId();
  return (
    <div className="tm-theme-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-hint`, ...(error ? { status: "error" } : {}) })}
      <p id={`${id}-hint`} className={error ? "tm-field-error" : "tm-field-hint"}>
        {error ?? hint}
      </p>
    </div>
  );
}
