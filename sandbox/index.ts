import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { advertiserAccountRoutes } from "./accounts/advertiser-accounts";
import { profileRoutes } from "./accounts/profiles";
import { type AmcState, createAmc } from "./amc/amc";
import { amcRoutes } from "./amc/routes";
import { createCallLog } from "./calls";
import { type ClockState, createClock } from "./clock";
import { type Control, createControl } from "./control/control";
import { controlRoutes } from "./control/routes";
import { advertiserRoutes } from "./dsp/advertisers";
import { createEdits, type Patch } from "./dsp/edits";
import { queryRoutes } from "./dsp/query";
import { updateRoutes } from "./dsp/update";
import { createFaults } from "./faults";
import { createLimiter, type Settings } from "./limits";
import { authorizeRoutes } from "./lwa/authorize";
import { buildClients } from "./lwa/clients";
import { createGrants, type GrantState } from "./lwa/grants";
import { tokenRoutes } from "./lwa/token";
import { userProfileRoutes } from "./lwa/user-profile";
import { defaultAnchor, type FullOptions, fullOptions, type SandboxOptions } from "./options";
import { createDesk, type Report } from "./reporting/desk";
import { fileRoutes } from "./reporting/files";
import { legacyRoutes } from "./reporting/legacy";
import { makeReport } from "./reporting/make-report";
import { reportV3Routes } from "./reporting/reports-v3";
import { createRouter, type Route } from "./router";
import type { Sandbox } from "./sandbox";
import { createRegionServer } from "./server";
import { openState } from "./state";
import { buildWorld } from "./world/build-world";
import { REGIONS, type Region } from "./world/types";

export type { Control } from "./control/control";
export type { SandboxOptions } from "./options";

export interface RunningSandbox {
  urls: Record<Region, string>;
  /** of the NA host */
  port: number;
  clientId: string;
  clientSecret: string;
  control: Control;
  close(): Promise<void>;
}

const API_ROUTES: Route[] = [
  ...authorizeRoutes,
  ...tokenRoutes,
  ...userProfileRoutes,
  ...profileRoutes,
  ...advertiserAccountRoutes,
  ...advertiserRoutes,
  ...queryRoutes,
  ...updateRoutes,
  ...amcRoutes,
  ...reportV3Routes,
  ...legacyRoutes,
  ...fileRoutes,
];

interface Saved {
  anchor?: string;
  clock?: ClockState;
  grants?: GrantState;
  edits?: Record<string, Patch>;
  reports?: Report[];
  amc?: AmcState;
}

/** Starts the three regional hosts on loopback. With `port` 0 they take any free ports. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const full = fullOptions(options);
  const { sandbox, close: closeParts } = assemble(full);
  const control = createControl(sandbox);
  const api = createRouter(API_ROUTES);
  const controlRouter = createRouter(controlRoutes(control));
  const servers: Server[] = [];
  const ports: number[] = [];
  const close = async () => {
    await Promise.all(servers.map(stop));
    await closeParts();
  };
  for (const [index, region] of REGIONS.entries()) {
    const server = createRegionServer({ sandbox, region, api, control: controlRouter });
    try {
      await listen(server, full.port === 0 ? 0 : full.port + index);
    } catch (error) {
      await close();
      throw error;
    }
    servers.push(server);
    ports.push((server.address() as AddressInfo).port);
  }
  const url = (index: number) => `http://localhost:${ports[index]}`;
  const client = sandbox.clients[0];
  return {
    urls: { NA: url(0), EU: url(1), FE: url(2) },
    port: ports[0] ?? 0,
    clientId: client?.clientId ?? "",
    clientSecret: client?.clientSecret ?? "",
    control,
    close,
  };
}

function assemble(full: FullOptions): { sandbox: Sandbox; close(): Promise<void> } {
  const parts: Partial<Sandbox> = {};
  const state = openState(full.stateDir, () => ({
    anchor: parts.world?.anchor,
    clock: parts.clock?.state(),
    grants: parts.grants?.state(),
    edits: parts.edits?.state(),
    reports: parts.desk?.state(),
    amc: parts.amc?.state(),
  }));
  const saved = state.load() as Saved;
  const settings: Settings = {
    reportDelaySeconds: full.reportDelaySeconds,
    duplicateWindowSeconds: 900,
    urlExpirySeconds: 3600,
    accessTokenSeconds: 3600,
    amcRunSeconds: full.amcRunSeconds,
    amcSetupSeconds: 5,
    amcUrlExpirySeconds: 600,
    amcSameInputLimit: 500,
    rateLimits: [],
  };
  const clock = createClock(saved.clock, state.touch);
  const anchor = full.anchor ?? saved.anchor ?? defaultAnchor(clock.now());
  const world = buildWorld({ ...full, anchor });
  const edits = createEdits(saved.edits, state.touch);
  const filesRoot = full.stateDir ?? mkdtempSync(join(tmpdir(), "sandbox-"));
  const desk = createDesk({
    now: clock.now,
    delaySeconds: () => settings.reportDelaySeconds,
    duplicateWindowSeconds: () => settings.duplicateWindowSeconds,
    directory: join(filesRoot, "reports"),
    saved: saved.reports,
    onChange: state.touch,
    write: (report, path) => makeReport({ world, edits, report }, path),
  });
  const others = Object.assign(parts, {
    clock,
    world,
    clients: buildClients(full.seed, full.returnUrls),
    grants: createGrants(saved.grants, { now: clock.now, file: state, settings }),
    edits,
    desk,
    faults: createFaults(full.seed),
    calls: createCallLog(),
    settings,
    limiter: createLimiter(settings, () => Date.now() + clock.state().offsetMs),
  });
  const sandbox = others as Sandbox;
  sandbox.amc = createAmc({
    sandbox,
    directory: join(filesRoot, "amc"),
    people: full.amcPeople,
    saved: saved.amc,
    onChange: state.touch,
  });
  state.flush();
  return {
    sandbox,
    async close() {
      await Promise.all([desk.close(), sandbox.amc.close()]);
      state.flush();
      if (full.stateDir === undefined) rmSync(filesRoot, { recursive: true, force: true });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
