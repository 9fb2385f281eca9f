import { InfoCircleOutlined } from "@ant-design/icons";

/** A small "i" that explains `name` on hover, focus and to screen readers. */
export function Hint({ name, text }: { name: string; text: string }) {
  return (
    <button type="button" className="tm-hint" data-tip={text} aria-label={`About ${name}: ${text}`}>
      <InfoCircleOutlined aria-hidden />
    </button>
  );
}
