import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import type { AmcTemplate } from "#server/amc/template-contract";
import { can } from "~/providers/access-control";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { NoMatch } from "~/ui/states";
import { SearchField } from "~/ui/table-tools";
import { loadGallery } from "./ask.server";
import { QuestionCard } from "./question-card";

export const meta: MetaFunction = () => [{ title: "Ask AMC · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadGallery(args);
export const shouldRevalidate = keepsLoader("brand");

/** All questions; what is typed, the tag and the instance are in the address. */
export default function Gallery() {
  const { templates, instances } = useLoaderData<typeof loader>();
  const [search, setSearch] = useUrlParam("q");
  const [tag, setTag] = useUrlParam("tag");
  const [instanceId, setInstanceId] = useUrlParam("instances");
  const mayWrite = can(useViewer(), "amc.write");
  const instance = instances.find(({ id }) => id === instanceId) ?? null;
  const tags = [...new Set(templates.flatMap((template) => template.tags))].sort();
  const words = (search ?? "").toLowerCase().split(/\s+/);
  const found = templates
    .filter((template) => matches(template, words) && (!tag || template.tags.includes(tag)))
    .sort((a, b) => Number(asks(b, words)) - Number(asks(a, words)));
  return (
    <Page
      title="Ask AMC"
      description="Questions that no report answers: who saw what, in which order, and what came of it. Choose one, try it on sample data, run it."
      action={
        mayWrite ? (
          <>
            <LinkButton to="/amc/sql?view=builder">Build a question</LinkButton>
            <LinkButton to="/amc/sql">Write SQL</LinkButton>
          </>
        ) : null
      }
      width="full"
    >
      <div className="tm-tools">
        <SearchField label="Search by question" value={search ?? ""} onSearch={(text) => setSearch(text || null)} />
        <Select
          aria-label="Subject"
          allowClear
          placeholder="Any subject"
          popupMatchSelectWidth={false}
          value={tag}
          options={tags.map((value) => ({ value, label: value }))}
          onChange={(value?: string) => setTag(value ?? null)}
        />
        <Select
          aria-label="Instance"
          allowClear
          showSearch
          optionFilterProp="label"
          popupMatchSelectWidth={false}
          placeholder="Any instance"
          value={instance?.id ?? null}
          options={instances.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value?: string) => setInstanceId(value ?? null)}
        />
        <span className="tm-muted" aria-live="polite">
          {found.length === 1 ? "1 question" : `${found.length} questions`}
        </span>
      </div>
      {found.length > 0 ? (
        <section className="tm-wall" aria-label="Questions">
          {found.map((template) => (
            <QuestionCard key={template.id} template={template} instance={instance} />
          ))}
        </section>
      ) : (
        <NoMatch
          what="questions"
          onClear={() => {
            setSearch(null);
            setTag(null);
          }}
        />
      )}
    </Page>
  );
}

const holdsAll = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.toLowerCase().includes(word));

/** Those that ask for all of it come first. */
const asks = ({ question }: AmcTemplate, words: readonly string[]): boolean => holdsAll(question, words);

/** Each word somewhere in the question, title, tags, tables or guide. */
function matches({ title, question, tags, tables, guide }: AmcTemplate, words: readonly string[]): boolean {
  return holdsAll([title, question, guide, ...tags, ...tables].join(" "), words);
}
