import { Button } from "antd";
import { type DragEvent, useId, useRef, useState } from "react";
import { logoUrl, mostLogoBytes } from "#server/workspace/theme-contract";
import type { Mode } from "~/palette";
import type { ApiError } from "~/providers/data";
import { cssVariables, type Look } from "~/theme";
import { uploadLogo } from "./theme-file";

interface LogoFieldProps {
  label: string;
  hint: string;
  themeId: string;
  mode: Mode;
  look: Look;
  value: string | null;
  onChange: (imageId: string | null) => void;
  disabled: boolean;
}

/** A logo, on the ground it will stand on. Chosen or dropped; what is kept is drawn anew by the server. */
export function LogoField({ label, hint, themeId, mode, look, value, onChange, disabled }: LogoFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ busy: boolean; refused: string | null }>({ busy: false, refused: null });
  const send = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostLogoBytes) {
      setState({ busy: false, refused: `The file has ${Math.ceil(file.size / 1024)} kB; at most 1024 kB are taken.` });
      return;
    }
    setState({ busy: true, refused: null });
    try {
      onChange((await uploadLogo(themeId, file)).id);
      setState({ busy: false, refused: null });
    } catch (thrown) {
      setState({ busy: false, refused: (thrown as ApiError).message || "The picture could not be sent." });
    }
    if (input.current) input.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (!disabled) void send(event.dataTransfer.files[0]);
  };
  return (
    <div className="tm-theme-field">
      <span id={`${id}-label`}>{label}</span>
      <div className="tm-logo-line">
        <span className="tm-logo-ground" style={cssVariables(look, mode)}>
          {value ? <img src={logoUrl(value)} alt={`${label}, as it is kept`} /> : <span>No logo</span>}
        </span>
        <input
          ref={input}
          type="file"
          className="tm-unseen"
          tabIndex={-1}
          aria-labelledby={`${id}-label`}
          accept=".png,.jpg,.jpeg,.webp,.svg"
          disabled={disabled}
          onChange={({ target }) => void send(target.files?.[0])}
        />
        {disabled ? null : (
          <span className="tm-logo-acts">
            <Button
              loading={state.busy}
              aria-describedby={`${id}-hint`}
              onClick={() => input.current?.click()}
              onDrop={drop}
              onDragOver={(event) => event.preventDefault()}
            >
              {value ? "Replace" : "Choose"} {label.toLowerCase()}
            </Button>
            {value ? (
              <Button type="text" aria-label={`Remove ${label.toLowerCase()}`} onClick={() => onChange(null)}>
                Remove
              </Button>
            ) : null}
          </span>
        )}
      </div>
      {state.refused ? (
        <p className="tm-field-error" role="alert">
          {state.refused}
        </p>
      ) : null}
      <p id={`${id}-hint`} className="tm-field-hint">
        {hint}
      </p>
    </div>
  );
}
