import { Drawer, Form, type FormInstance, Input } from "antd";
import { useState } from "react";
import type { InvitationLink, Role } from "#server/workspace/contract";
import { canEverywhere } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import { CopyButton } from "~/ui/copy-button";
import { FormDrawer } from "~/ui/form-drawer";
import { Section } from "~/ui/page";
import { useHydrated } from "~/ui/view";
import { BrandsField } from "~/workspace/invite-drawer";
import { LinkDialog } from "~/workspace/link-dialog";
import { RoleSelect } from "~/workspace/role-fields";

export interface Asked {
  /** Null: not decided yet. */
  brand: { id: string; name: string } | null;
}

interface AskForConsentProps {
  asked: Asked | null;
  onClose: () => void;
}

interface AskForm {
  email: string;
  name: string;
  role: Role;
  brandIds: string[] | null;
  purpose: "connect";
}

/** Roles that may connect, the least first. */
const roles: Role[] = ["ops", "admin", "owner"];

/** Asks one more person to consent: by an invitation, or by a link for who is a member already. */
export function AskForConsent({ asked, onClose }: AskForConsentProps) {
  const [made, setMade] = useState<InvitationLink | null>(null);
  const viewer = useViewer();
  const brand = asked?.brand ?? null;
  const title = brand ? `Invite a grantor for ${brand.name}` : "Invite a grantor";
  if (!canEverywhere(viewer, "members.write")) {
    return (
      <Drawer open={asked !== null} onClose={onClose} title={title} width="min(480px, 100vw)">
        <MemberLink brand={brand} agency={viewer.agency.name} />
        <p className="tm-muted">Only an owner or admin of {viewer.agency.name} can invite somebody new.</p>
      </Drawer>
    );
  }
  return (
    <>
      <FormDrawer<AskForm>
        key={brand?.id ?? "any"}
        open={asked !== null}
        onClose={onClose}
        title={title}
        resource="invitations"
        act="Create link"
        done="Invitation created"
        initialValues={{ role: "ops", brandIds: brand ? [brand.id] : [], purpose: "connect" }}
        onDone={(record) => setMade(record as unknown as InvitationLink)}
      >
        {(form) => (
          <>
            <AskFields form={form} agency={viewer.agency.name} />
            <MemberLink brand={brand} agency={viewer.agency.name} />
          </>
        )}
      </FormDrawer>
      <LinkDialog invitation={made} onClose={() => setMade(null)} />
    </>
  );
}

/** Only roles that may connect are offered; Ops, and only it, is given brand by brand. */
function AskFields({ form, agency }: { form: FormInstance<AskForm>; agency: string }) {
  return (
    <>
      <p className="tm-form-lead">
        They join {agency}, then consent at Amazon. If one consent ends, the other takes over at once.
      </p>
      <Form.Item name="purpose" hidden>
        <Input />
      </Form.Item>
      <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: "Give a name." }]}>
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="email" label="Email" rules={[{ required: true, type: "email", message: "Give an address." }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="role"
        label="Role"
        required
        extra="Connecting Amazon needs at least Ops, for one brand or more: account leads and clients cannot."
      >
        <RoleSelect only={roles} onChange={(role) => role !== "ops" && form.setFieldValue("brandIds", null)} />
      </Form.Item>
      <Form.Item noStyle dependencies={["role"]}>
        {() => (
          <Form.Item name="brandIds" label="For" required rules={[{ validator: someBrand }]}>
            <BrandsField fixed={form.getFieldValue("role") !== "ops"} />
          </Form.Item>
        )}
      </Form.Item>
    </>
  );
}

const someBrand = (_: unknown, value: string[] | null): Promise<void> =>
  value?.length === 0 ? Promise.reject(new Error("Choose at least one brand.")) : Promise.resolve();

function MemberLink({ brand, agency }: { brand: Asked["brand"]; agency: string }) {
  const hydrated = useHydrated();
  const query = new URLSearchParams([["asked", "1"], ...(brand ? [["brand", brand.id] as [string, string]] : [])]);
  const link = hydrated ? `${window.location.origin}/connections/new?${query}` : "";
  return (
    <Section title="Already a member?">
      <p className="tm-muted">Send this link to somebody of {agency} with the role Ops, Admin or Owner.</p>
      <div className="tm-copy-line">
        <Input readOnly aria-label="Link for members" value={link} onFocus={({ target }) => target.select()} />
        <CopyButton text={link} what="link for members" />
      </div>
    </Section>
  );
}
