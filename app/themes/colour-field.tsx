import { Button, Input } from "antd";
import { useEffect, useId, useState } from "react";
import { accentPairs, nearestAccent, neededContrast, ratioWords } from "#server/workspace/theme-contract";
import type { Mode } from "~/palette";
import { StatusTag } from "~/ui/status-tag";

interface ColourFieldProps {
  label: string;
  mode: Mode;
  value: string;
  onChange: (colour: string) => void;
  disabled: boolean;
}

const whole = /^#[0-9a-f]{6}$/;

/** A colour, and whether words in it can be read wherever they stand. */
export function ColourField({ label, mode, value, onChange, disabled }: ColourFieldProps) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const type = (typed: string) => {
    const next = typed.trim().toLowerCase();
    setText(next);
    if (whole.test(next)) onChange(next);
  };
  const failing = accentPairs(value, mode).filter(({ ratio }) => ratio < neededContrast);
  const nearest = nearestAccent(value, mode);
  return (
    <div className="tm-theme-field">
      <label htmlFor={id}>{label}</label>
      <div className="tm-colour-line">
        <input
          type="color"
          className="tm-colour-well"
          aria-label={`${label}, colour chooser`}
          value={value}
          disabled={disabled}
          onChange={({ target }) => type(target.value)}
        />
        <Input
          id={id}
          className="tm-colour-text"
          value={text}
          disabled={disabled}
          maxLength={7}
          aria-describedby={`${id}-check`}
          {...(whole.test(text) && failing.length === 0 ? {} : { status: "error" as const })}
          onChange={({ target }) => type(target.value)}
        />
        {failing.length > 0 && !disabled ? <Button onClick={() => onChange(nearest)}>Use {nearest}</Button> : null}
      </div>
      <div id={`${id}-check`} className="tm-contrast" aria-live="polite">
        {whole.test(text) ? (
          <Check mode={mode} value={value} />
        ) : (
          <StatusTag signal="problem">Give a colour as #rrggbb</StatusTag>
        )}
      </div>
    </div>
  );
}

function Check({ mode, value }: Pick<ColourFieldProps, "mode" | "value">) {
  const pairs = accentPairs(value, mode).sort((a, b) => a.ratio - b.ratio);
  const failing = pairs.filter(({ ratio }) => ratio < neededContrast);
  if (failing.length === 0) {
    return <StatusTag signal="ok">{`Readable everywhere, at least ${ratioWords(pairs[0]?.ratio ?? 0)}`}</StatusTag>;
  }
  return (
    <>
      <StatusTag signal="problem">{`Too weak in ${failing.length} of ${pairs.length} places; ${neededContrast}:1 is needed`}</StatusTag>
      <ul>
        {failing.map(({ where, ratio }) => (
          <li key={where}>
            <span>{where}</span> <span className="tm-figure">{ratioWords(ratio)}</span>
          </li>
        ))}
      </ul>
      <p className="tm-muted">The preview is drawn with {nearestAccent(value, mode)}, the nearest that passes.</p>
    </>
  );
}
