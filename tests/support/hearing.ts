// What was announced on topics: jobs that listen, and what waits for them.
import postgres from "postgres";
import { z } from "zod";
import type { Topic } from "../../server/core/context";
import { defineJob, type Job } from "../../server/core/jobs/define";

const jobOf = (topic: string) => `test.heard.${topic}`;

/** Jobs that listen to the topics; nobody runs them. */
// biome-ignore lint/suspicious/noExplicitAny: topics of any payload
export const hearing = (topics: readonly Topic<any>[]): Job[] =>
  topics.map((topic) => defineJob({ name: jobOf(topic.name), input: z.unknown(), on: [topic], run: async () => {} }));

/** Every payload of the topic so far, in the order it was announced, with its agency. */
export async function heard<T>(ownerUrl: string, topic: Topic<T>): Promise<(T & { agencyId: string })[]> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql<{ agencyId: string; input: unknown }[]>`
      select j.payload ->> 'agencyId' as "agencyId", j.payload -> 'input' as input
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${jobOf(topic.name)} and payload ->> 'agencyId' in (select id::text from agencies) order by j.id`;
    return rows.map(({ agencyId, input }) => ({ ...topic.parse(input), agencyId }));
  } finally {
    await sql.end({ timeout: 5 });
  }
}
