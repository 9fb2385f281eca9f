// Everything that is asked of AMC, as one value.
import type { Access, Wire } from "../wire";
import {
  type AdvertiserUpdate,
  type CreateInstance,
  createInstance,
  getAdvertiserUpdate,
  getInstance,
  type UpdateAdvertisers,
  updateAdvertisers,
} from "./administer-instances";
import { type CheckAmcAudiences, checkAmcAudiences } from "./check-audiences";
import { type AmcDataSource, listDataSources } from "./data-sources";
import { downloadResult, type ResultBatch } from "./download-result";
import {
  type AmcRun,
  cancelRun,
  getRun,
  type ListRuns,
  listRuns,
  type RunReference,
  type StartRun,
  startRun,
} from "./executions";
import { type AmcAccount, listAmcAccounts } from "./list-accounts";
import {
  type AmcAdvertiser,
  type AmcInstance,
  type ListAmcAdvertisers,
  type ListAmcInstances,
  listAmcAdvertisers,
  listAmcInstances,
} from "./list-instances";
import type { InstanceAccess } from "./request";
import {
  type AmcWorkflow,
  type CreateWorkflow,
  createWorkflow,
  deleteWorkflow,
  getWorkflow,
  type WorkflowReference,
} from "./workflows";

export interface Amc {
  listAccounts(input: Access): Promise<AmcAccount[]>;
  listInstances(input: ListAmcInstances): Promise<AmcInstance[]>;
  listAdvertisers(input: ListAmcAdvertisers): Promise<AmcAdvertiser[]>;
  createInstance(input: CreateInstance): Promise<AmcInstance>;
  getInstance(input: InstanceAccess): Promise<AmcInstance>;
  updateAdvertisers(input: UpdateAdvertisers): Promise<AdvertiserUpdate>;
  getAdvertiserUpdate(input: InstanceAccess & { updateId: string }): Promise<AdvertiserUpdate>;
  listDataSources(input: InstanceAccess): Promise<AmcDataSource[]>;
  createWorkflow(input: CreateWorkflow): Promise<"created" | "exists">;
  getWorkflow(input: WorkflowReference): Promise<AmcWorkflow>;
  deleteWorkflow(input: WorkflowReference): Promise<void>;
  startRun(input: StartRun): Promise<AmcRun>;
  getRun(input: RunReference): Promise<AmcRun>;
  listRuns(input: ListRuns): Promise<AmcRun[]>;
  cancelRun(input: RunReference): Promise<void>;
  downloadResult(input: RunReference): AsyncIterable<ResultBatch>;
  checkAudiences(input: CheckAmcAudiences): Promise<void>;
}

export const createAmc = (wire: Wire): Amc => ({
  listAccounts: (input) => listAmcAccounts(wire, input),
  listInstances: (input) => listAmcInstances(wire, input),
  listAdvertisers: (input) => listAmcAdvertisers(wire, input),
  createInstance: (input) => createInstance(wire, input),
  getInstance: (input) => getInstance(wire, input),
  updateAdvertisers: (input) => updateAdvertisers(wire, input),
  getAdvertiserUpdate: (input) => getAdvertiserUpdate(wire, input),
  listDataSources: (input) => listDataSources(wire, input),
  createWorkflow: (input) => createWorkflow(wire, input),
  getWorkflow: (input) => getWorkflow(wire, input),
  deleteWorkflow: (input) => deleteWorkflow(wire, input),
  startRun: (input) => startRun(wire, input),
  getRun: (input) => getRun(wire, input),
  listRuns: (input) => listRuns(wire, input),
  cancelRun: (input) => cancelRun(wire, input),
  downloadResult: (input) => downloadResult(wire, input),
  checkAudiences: (input) => checkAmcAudiences(wire, input),
});
