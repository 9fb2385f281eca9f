// Simple HTML for mails. Whatever comes from elsewhere goes through `escaped`.

interface ButtonLook {
  accent: string;
  onAccent: string;
  /** In px. */
  radius: number;
}

export const buttonStyle = ({ accent, onAccent, radius }: ButtonLook): string =>
  `display:inline-block;padding:6px 14px;border-radius:${radius}px;background:${accent};color:${onAccent};text-decoration:none`;

export const page = (parts: string[]): string =>
  `<!doctype html>\n<html lang="en"><body style="margin:0;padding:24px;background:#ffffff;color:#16191f;font:14px/22px Inter,system-ui,sans-serif">\n<div style="max-width:600px">\n${parts.filter(Boolean).join("\n")}\n</div>\n</body></html>\n`;

export const linked = (url: string, words: string, style: string): string =>
  `<a href="${escaped(url)}" style="${style}">${escaped(words)}</a>`;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
