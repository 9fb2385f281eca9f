import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button } from "antd";
import type { ThemeVersion } from "#server/workspace/theme-contract";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { useConfirm } from "~/ui/confirm";
import { Page, Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { DomainSection } from "./domain-section";
import { loadTheme } from "./theme.server";
import { ThemeFileButtons } from "./theme-file-buttons";
import { ThemeForm } from "./theme-form";
import { changeWords, ThemeHistory } from "./theme-history";
import { CoverPreview, DashboardPreview, MailPreview } from "./theme-preview";
import { type ThemeEditor, useThemeEditor } from "./use-theme-editor";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Theme of ${data?.theme.name ?? "a brand"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadTheme(args);

type Loaded = Awaited<ReturnType<typeof loadTheme>>;

export default function ThemePage() {
  const loaded = useLoaderData<typeof loader>();
  // Another theme is another form.
  return <ThemeEditing key={loaded.theme.id} {...loaded} />;
}

function ThemeEditing({ theme, domains, mayWrite }: Loaded) {
  const editor = useThemeEditor(theme);
  useNews(["themes", "domains"], useReread());
  const confirm = useConfirm();
  const { settings } = editor;
  const { id, name, history = [] } = theme;
  const rollBack = (version: ThemeVersion) =>
    confirm({
      title: `Roll back to version ${version.number}?`,
      content: "It is published as a new version at once. A draft stays as it is.",
      act: "Roll back",
      onAct: () => editor.rollBack(version.number),
    });
  return (
    <Page
      title={name}
      description="How Tidemark looks to people who work in this brand."
      trail={[{ label: "Themes", to: "/themes" }]}
      width="full"
      state={<State {...theme} dirty={editor.dirty} />}
      action={mayWrite ? <Acts editor={editor} name={name} hasDraft={theme.draft !== null} /> : null}
    >
      <Trouble editor={editor} />
      <div className="tm-theme-editor">
        <div>
          <ThemeForm themeId={id} editor={editor} disabled={!mayWrite || editor.busy} />
          <ThemeFileButtons
            themeId={id}
            name={name}
            settings={settings}
            onImport={mayWrite ? (imported) => editor.change(imported) : null}
          />
          {mayWrite ? <Reset theme={theme} editor={editor} /> : null}
        </div>
        <section className="tm-previews" aria-label="Preview">
          <DashboardPreview settings={settings} name={name} mode="light" />
          <DashboardPreview settings={settings} name={name} mode="dark" />
          <MailPreview settings={settings} name={name} />
          <CoverPreview settings={settings} name={name} />
        </section>
      </div>
      <Section title="History">
        <ThemeHistory versions={history} onRollBack={mayWrite ? rollBack : null} />
      </Section>
      {domains ? (
        <Section title="Addresses of the client's own">
          <DomainSection brandId={id} brandName={name} domains={domains} mayWrite={mayWrite} />
        </Section>
      ) : null}
    </Page>
  );
}

function State({ from, published, draft, dirty }: Loaded["theme"] & { dirty: boolean }) {
  const force = {
    own: `Version ${published?.number} in force`,
    agency: "Has the agency's",
    product: "Has Tidemark's own",
  };
  return (
    <>
      <StatusTag signal={from === "own" ? "ok" : "off"}>{force[from]}</StatusTag>
      {dirty ? (
        <StatusTag signal="attention">Not saved</StatusTag>
      ) : draft ? (
        <StatusTag signal="waiting">{`Draft of ${draft.by}`}</StatusTag>
      ) : null}
    </>
  );
}

function Acts({ editor, name, hasDraft }: { editor: ThemeEditor; name: string; hasDraft: boolean }) {
  const confirm = useConfirm();
  const { dirty, busy, faults } = editor;
  const unsound = Object.keys(faults).length > 0;
  const quietly = (work: Promise<void>) => void work.catch(() => {});
  const publish = () =>
    confirm({
      title: `Publish this look for ${name}?`,
      content: "Everybody who works in it sees it from their next page on, and in their next mail.",
      act: "Publish",
      onAct: () => editor.publish().catch(() => {}),
    });
  return (
    <span className="tm-theme-acts">
      {dirty ? <Button onClick={editor.undo}>Undo changes</Button> : null}
      {!dirty && hasDraft ? <Button onClick={() => quietly(editor.discard())}>Discard draft</Button> : null}
      <Button disabled={!dirty} loading={busy} onClick={() => quietly(editor.save())}>
        Save draft
      </Button>
      <Button type="primary" disabled={!(dirty || hasDraft) || unsound} onClick={publish}>
        Publish
      </Button>
    </span>
  );
}

function Trouble({ editor }: { editor: ThemeEditor }) {
  const { theirs, failure, settings } = editor;
  if (theirs) {
    const draft = theirs.draft;
    return (
      <Alert
        type="warning"
        showIcon
        role="alert"
        className="tm-form-failure"
        message={draft ? `${draft.by} changed this draft while you worked on it` : "The draft you started from is gone"}
        description={
          draft
            ? `Yours against theirs: ${changeWords(draft.settings, settings)}`
            : "It was published, rolled back or discarded."
        }
        action={
          <span className="tm-theme-acts">
            <Button onClick={editor.takeTheirs}>Take theirs</Button>
            <Button onClick={() => void editor.saveOverTheirs().catch(() => {})}>Keep mine</Button>
          </span>
        }
      />
    );
  }
  if (!failure) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="tm-form-failure"
      message={failure.message}
      description={failure.remedy}
    />
  );
}

function Reset({ theme, editor }: { theme: Loaded["theme"]; editor: ThemeEditor }) {
  const confirm = useConfirm();
  if (!theme.published && !theme.draft) return null;
  const ask = () =>
    confirm({
      title: `Reset the look of ${theme.name}?`,
      content: "It has no theme of its own then. Published versions stay in the history and can be rolled back to.",
      act: "Reset to default",
      danger: true,
      onAct: editor.reset,
    });
  return (
    <Button danger onClick={ask}>
      Reset to default
    </Button>
  );
}
