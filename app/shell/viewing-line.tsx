import { Button } from "antd";
import type { Viewer } from "#server/workspace/contract";
import { useAct } from "~/providers/act";

/** Says on every page through whose eyes one looks, and leads back. */
export function ViewingLine({ member }: { member: NonNullable<Viewer["viewingAs"]> }) {
  const { act, busy } = useAct("members");
  const leave = () =>
    act({ action: "stop-viewing" }).then(
      // Rights and pages are others from here on: nothing that is loaded may stay.
      () => window.location.assign(`/people/${member.id}`),
      () => {},
    );
  return (
    <section className="tm-viewing" aria-label="View as">
      <span>
        <strong>You see Tidemark as {member.name}.</strong> Nothing can be changed meanwhile.
      </span>
      <Button size="small" loading={busy} onClick={leave}>
        Leave this view
      </Button>
    </section>
  );
}
