// What all parts of a question have in common: a titled list of rows, each with its problem below and a way out of it.
import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import type { ReactNode } from "react";
import { type Problems, problemAt } from "~/pages/problems";

interface PartProps {
  title: string;
  /** One line of what it does to the answer. */
  words?: ReactNode;
  children: ReactNode;
}

export function Part({ title, words, children }: PartProps) {
  return (
    <section className="tm-part" aria-label={title}>
      <h2>{title}</h2>
      {words ? <p className="tm-muted">{words}</p> : null}
      {children}
    </section>
  );
}

interface PartRowProps {
  /** "Split 1": what the row is called by those who cannot see it. */
  name: string;
  path: string;
  problems: Problems;
  onRemove(): void;
  children: ReactNode;
}

export function PartRow({ name, path, problems, onRemove, children }: PartRowProps) {
  return (
    <li>
      <div className="tm-part-row">
        {children}
        <Button type="text" size="small" aria-label={`Remove ${name}`} icon={<CloseOutlined />} onClick={onRemove} />
      </div>
      <PartProblem problems={problems} path={path} />
    </li>
  );
}

export function PartProblem({ problems, path }: { problems: Problems; path: string }) {
  const words = problemAt(problems, path);
  return words ? <p className="tm-part-problem">{words}</p> : null;
}

export const AddPart = ({ onClick, children }: { onClick(): void; children: ReactNode }) => (
  <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={onClick}>
    {children}
  </Button>
);

/** What a column of the answer is called. */
export const NameInput = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(name: string): void;
}) => (
  <span className="tm-part-name">
    <span aria-hidden>as</span>
    <Input
      aria-label={label}
      maxLength={60}
      spellCheck={false}
      value={value}
      onChange={({ target }) => onChange(target.value.toLowerCase().replace(/[^a-z0-9_]/g, "_"))}
    />
  </span>
);

export const replaced = <T,>(list: readonly T[], index: number, next: T): T[] =>
  list.map((one, place) => (place === index ? next : one));
export const without = <T,>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index);
