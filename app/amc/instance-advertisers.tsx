import { Button } from "antd";
import { type AmcInstance, advertiserTypes, type InstanceAdvertiser } from "#server/amc/contract";
import { useAct } from "~/providers/act";
import { useReread } from "~/revalidate";
import { useConfirm } from "~/ui/confirm";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { advertiserTypeWords } from "./advertiser-words";

interface InstanceAdvertisersProps {
  instance: AmcInstance;
  mayWrite: boolean;
  onAdd(): void;
}

/** Whose data the instance holds. */
export function InstanceAdvertisers({ instance, mayWrite, onAdd }: InstanceAdvertisersProps) {
  const { id, name, advertisers, updating } = instance;
  const { act, busy } = useAct("amc-instances");
  const reread = useReread();
  const confirm = useConfirm();
  const remove = (advertiser: InstanceAdvertiser) =>
    confirm({
      title: `Take ${advertiser.name} out of ${name}?`,
      content: "Amazon removes its data from the instance. Answers that are kept here stay.",
      act: "Take out",
      danger: true,
      onAct: () => {
        const { id: advertiserId, type, marketplaceId } = advertiser;
        const input = { remove: [{ id: advertiserId, type, marketplaceId }] };
        return act({ id, action: "attach", input, done: `Amazon is told to take ${advertiser.name} out` }).then(
          reread,
          () => {},
        );
      },
    });
  return (
    <Section title="Advertisers" side={mayWrite ? <Button onClick={onAdd}>Attach advertisers</Button> : null}>
      <div aria-live="polite">{updating ? <StatusTag signal="working">Amazon is changing them</StatusTag> : null}</div>
      <ul className="tm-runs-alike">
        {advertisers.map((advertiser) => (
          <li key={`${advertiser.type} ${advertiser.id}`}>
            {advertiser.name}{" "}
            <span className="tm-muted">
              {advertiserTypeWords(advertiser.type)}, <code>{advertiser.id}</code>
            </span>{" "}
            {mayWrite && advertiserTypes.some((type) => type === advertiser.type) ? (
              <Button size="small" type="link" disabled={busy} onClick={() => remove(advertiser)}>
                Take out<span className="tm-unseen"> {advertiser.name}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {advertisers.length === 0 ? <p className="tm-muted">None: its tables are empty.</p> : null}
    </Section>
  );
}
