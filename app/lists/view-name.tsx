import { Button, Input } from "antd";
import { useState } from "react";

interface ViewNameProps {
  initial: string;
  act: string;
  onName: (name: string) => void;
  onCancel: () => void;
}

export function ViewName({ initial, act, onName, onCancel }: ViewNameProps) {
  const [name, setName] = useState(initial);
  const done = () => {
    if (name.trim() !== "") onName(name.trim());
  };
  return (
    <>
      <Input
        size="small"
        autoFocus
        aria-label="Name of the view"
        placeholder="Name of the view"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={done}
      />
      <Button size="small" type="primary" disabled={name.trim() === ""} onClick={done}>
        {act}
      </Button>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </>
  );
}
