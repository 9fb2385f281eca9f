// A TCP proxy on loopback that can be cut: what stands behind it is away for those who connect through it.
import { connect, createServer, type Socket } from "node:net";

export interface Wire {
  port: number;
  /** Drops every connection; new ones are refused until `mend`. */
  cut(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function openWire(targetPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  // Held back for an acknowledgement, a small packet would cost 40 ms.
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    cut() {
      server.close();
      drop();
    },
    mend: () => listen(port),
    async close() {
      drop();
      await new Promise((done) => server.close(done));
    },
  };
}
