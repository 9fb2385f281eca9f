// What people of the brand will see, drawn from the settings as they are typed. Pictures of pages: nothing in them can be pressed.
import { coverOf, logoUrl, PRODUCT_NAME, type ThemeSettings } from "#server/workspace/theme-contract";
import { type Mode, series } from "~/palette";
import { cssVariables } from "~/theme";

interface PreviewProps {
  settings: ThemeSettings;
  /** The brand's name. */
  name: string;
}

const tiles = [
  ["Spend", "$48,210", 0.83],
  ["Sales", "$212,118", 0.62],
  ["ROAS", "4.40", 0.62],
] as const;
const rows = [
  ["Spring launch", "Delivering", "$18,040.12"],
  ["Retargeting", "Paused", "$9,310.00"],
  ["Always on", "Delivering", "$20,860.28"],
] as const;
const bars = [52, 71, 44, 88, 63, 95, 58, 77];

function Sign({ settings, mode }: Pick<PreviewProps, "settings"> & { mode: Mode }) {
  const { logo, productName } = settings;
  const image = mode === "dark" ? (logo.dark ?? logo.light) : (logo.light ?? logo.dark);
  return (
    <span className="tm-preview-sign">
      {image ? <img className="tm-logo" src={logoUrl(image)} alt="" /> : <i />}
      <strong>{productName ?? PRODUCT_NAME}</strong>
    </span>
  );
}

export function DashboardPreview({ settings, name, mode }: PreviewProps & { mode: Mode }) {
  return (
    <figure className="tm-preview-figure">
      <figcaption>Dashboard, {mode}</figcaption>
      <div
        className="tm-preview"
        role="img"
        aria-label={`Sample dashboard in ${mode} mode`}
        style={cssVariables(settings, mode)}
      >
        <div className="tm-preview-top">
          <Sign settings={settings} mode={mode} />
          <span className="tm-preview-chosen">Home</span>
          <span className="tm-preview-place">Campaigns</span>
        </div>
        <div className="tm-preview-head">
          <strong>{name}</strong>
          <span className="tm-preview-button">Pause 2 campaigns</span>
          <span className="tm-preview-button tm-preview-quiet">Export</span>
        </div>
        <div className="tm-preview-tiles">
          {tiles.map(([label, value, settled]) => (
            <div key={label}>
              <small>{label}</small>
              <b>{value}</b>
              <i style={{ "--share": settled } as React.CSSProperties} />
            </div>
          ))}
        </div>
        <svg className="tm-preview-chart" viewBox="0 0 320 70" aria-hidden="true">
          {bars.map((height, at) => (
            <rect
              key={height}
              x={at * 40 + 6}
              y={70 - height * 0.68}
              width="28"
              height={height * 0.68}
              fill={series[mode][at]}
            />
          ))}
        </svg>
        <table>
          <tbody>
            {rows.map(([campaign, state, spend], at) => (
              <tr key={campaign} data-chosen={at === 0}>
                <td className="tm-preview-link">{campaign}</td>
                <td>{state}</td>
                <td className="tm-figure">{spend}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

export function MailPreview({ settings, name }: PreviewProps) {
  const cover = coverOf(settings, { title: "", subtitle: "" });
  const button = { background: cover.accent, color: cover.onAccent, borderRadius: cover.radius };
  return (
    <figure className="tm-preview-figure">
      <figcaption>Mail, from {settings.mailSender ?? "the installation's sender"}</figcaption>
      <div
        className="tm-preview tm-preview-mail"
        role="img"
        aria-label="Sample mail"
        style={cssVariables(settings, "light")}
      >
        <Sign settings={settings} mode="light" />
        <b>{name}: data is complete again</b>
        <p>Since 20 Nov 2026, 11:22 UTC. Nothing needs to be done.</p>
        <span className="tm-preview-button" style={button}>
          Open {name}
        </span>
        <small>{settings.footer || "You get this because you look after this brand."}</small>
      </div>
    </figure>
  );
}

export function CoverPreview({ settings, name }: PreviewProps) {
  const cover = coverOf(settings, { title: "October 2026", subtitle: name });
  return (
    <figure className="tm-preview-figure">
      <figcaption>Cover of an export</figcaption>
      <div
        className="tm-preview tm-preview-cover"
        role="img"
        aria-label="Sample cover"
        style={{ background: cover.paper, color: cover.ink, borderColor: cover.accent }}
      >
        {cover.logoId ? <img src={logoUrl(cover.logoId)} alt="" /> : <strong>{cover.productName}</strong>}
        <b style={{ color: cover.accent }}>{cover.title}</b>
        <span>{cover.subtitle}</span>
        <small style={{ color: cover.muted }}>{cover.footer || cover.productName}</small>
      </div>
    </figure>
  );
}
