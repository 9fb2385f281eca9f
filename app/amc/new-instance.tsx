import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button, Form, Input, Select } from "antd";
import { type FormEvent, useState } from "react";
import { Field } from "~/pages/field";
import { useViewer } from "~/shell/viewer";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { loadNewInstance } from "./instances.server";
import { type AccountChoice, useAccountChoices } from "./use-account-choices";
import { type Made, useMaking } from "./use-making";

export const meta: MetaFunction = () => [{ title: "New AMC instance · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadNewInstance(args);

const trail = [{ label: "AMC instances", to: "/amc/instances" }];
const description =
  "Amazon makes an instance in minutes to a day. One for each brand keeps their data apart; many can be asked for at once.";

/** Which Amazon user asks, in which AMC account, for which brands. */
export default function NewInstance() {
  const { connections } = useLoaderData<typeof loader>();
  const { brands } = useViewer();
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? null);
  const [accountId, setAccountId] = useState<string | null>(null);
  const [brandIds, setBrandIds] = useState<string[]>([]);
  const [name, setName] = useState("");
  const choices = useAccountChoices(connectionId);
  const { make, made, busy } = useMaking();
  const [only] = choices.accounts.length === 1 ? choices.accounts : [];
  const account = choices.accounts.find((one) => one.accountId === accountId) ?? only ?? null;
  const wishes = wishesOf({ name, brands: brands.filter(({ id }) => brandIds.includes(id)) });
  if (connections.length === 0) {
    return (
      <Page title="New AMC instance" trail={trail}>
        <EmptyState
          title="No Amazon user is connected"
          action={<LinkButton to="/connections/new">Connect Amazon</LinkButton>}
        >
          An instance is asked for by an Amazon user who may use AMC.
        </EmptyState>
      </Page>
    );
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (account && connectionId) void make({ ...account, connectionId }, wishes);
  };
  return (
    <Page title="New AMC instance" description={description} trail={trail}>
      <form className="tm-question" onSubmit={send} noValidate>
        <Form layout="vertical" component={false}>
          <Field id="amc-connection" label="Asked for by" hint="An Amazon user who may use AMC.">
            <Select
              id="amc-connection"
              value={connectionId}
              options={connections.map(({ id, amazonUserName, region }) => ({
                value: id,
                label: `${amazonUserName}, ${region}`,
              }))}
              onChange={(id: string) => {
                setConnectionId(id);
                setAccountId(null);
              }}
            />
          </Field>
          <AccountField choices={choices} value={account?.accountId ?? null} onChange={setAccountId} />
          <Field id="amc-brands" label="Brands" hint="One instance each. Without a brand, give it a name below.">
            <Select
              id="amc-brands"
              mode="multiple"
              optionFilterProp="label"
              placeholder="No brand"
              value={brandIds}
              options={brands.map(({ id, name: label }) => ({ value: id, label }))}
              onChange={setBrandIds}
            />
          </Field>
          {brandIds.length <= 1 ? (
            <Field
              id="amc-name"
              label="Name"
              hint="3 to 50 letters, digits and spaces. It cannot be changed at Amazon."
            >
              <Input
                id="amc-name"
                maxLength={50}
                placeholder={wishes[0]?.name}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            </Field>
          ) : null}
        </Form>
        <div className="tm-acts">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!account || wishes.length === 0}>
            {wishes.length > 1 ? `Ask for ${wishes.length} instances` : "Ask for the instance"}
          </Button>
        </div>
      </form>
      {made.length > 0 ? <MadeList made={made} /> : null}
    </Page>
  );
}

interface AccountFieldProps {
  choices: ReturnType<typeof useAccountChoices>;
  value: string | null;
  onChange(id: string): void;
}

function AccountField({ choices: { accounts, error, asking }, value, onChange }: AccountFieldProps) {
  return (
    <Field
      id="amc-account"
      label="AMC account"
      problem={error?.message}
      hint={
        asking
          ? "Amazon is being asked which there are."
          : accounts.length === 0
            ? "This user reaches no AMC account. Ask Amazon for access, or choose another user."
            : undefined
      }
    >
      <Select
        id="amc-account"
        loading={asking}
        placeholder="Choose the AMC account"
        value={value}
        options={accounts.map((account: AccountChoice) => ({
          value: account.accountId,
          label: `${account.accountName}, ${account.marketplaceId}`,
        }))}
        onChange={onChange}
      />
    </Field>
  );
}

const MadeList = ({ made }: { made: Made[] }) => (
  <Section title="Asked for" side={<LinkButton to="/amc/instances">All instances</LinkButton>}>
    <div aria-live="polite" className="tm-acts">
      {made.map(({ name, id, error }) =>
        error ? (
          <Alert key={name} type="error" showIcon message={`${name}: ${error.message}`} description={error.remedy} />
        ) : (
          <LinkButton key={name} to={`/amc/instances/${id}`}>
            {name}
          </LinkButton>
        ),
      )}
    </div>
  </Section>
);

interface Wishes {
  name: string;
  brands: { id: string; name: string }[];
}

/** One for each brand, named after it; for one brand or none the name that was typed counts. */
function wishesOf({ name, brands }: Wishes): { name: string; brandId: string | null }[] {
  const typed = name.trim();
  if (brands.length === 0) return typed ? [{ name: typed, brandId: null }] : [];
  return brands.map((brand) => ({
    name: brands.length === 1 && typed ? typed : `${brand.name.replaceAll(/[^A-Za-z0-9 ]/g, "").slice(0, 46)} AMC`,
    brandId: brand.id,
  }));
}
