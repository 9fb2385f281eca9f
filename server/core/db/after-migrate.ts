// What Drizzle does not describe: roles, grants, forced row-level security, partitions, and the few functions that run
// with the owner's rights. All of it may run again at any time and changes nothing then.
import { auditChain, auditGrants } from "./audit-chain";

/** Runs before the migrations, whose policies name the role. Roles belong to the whole server: another database may have made it. */
export const beforeMigrations = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'tidemark_app') then
    create role tidemark_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null;
end
$$;
`;

/** Creates the login, or gives it a new password. `name` and `verifier` come as settings of the transaction. */
export const appLogin = `
do $$
declare
  login text := current_setting('tidemark.login_name');
  verifier text := current_setting('tidemark.login_verifier');
begin
  if not exists (select from pg_roles where rolname = login) then
    execute format('create role %I login password %L in role tidemark_app', login, verifier);
  else
    execute format('alter role %I login password %L', login, verifier);
  end if;
end
$$;
`;

const functions = `
-- The one clock that tokens and leases are measured by. It moves from statement to statement, also within a transaction.
create or replace function public.tidemark_now() returns timestamptz language sql stable as 'select statement_timestamp()';

-- Months are made apart and attached, which does not stop readers and writers of the parent. Nobody but the owner gets
-- at a partition directly: no grant, and row-level security without a policy. Rows are read through the parent's policy.
create or replace function public.ensure_month_partitions(parent regclass, from_day date, to_day date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  base text := (select relname from pg_class where oid = parent);
  month date := date_trunc('month', from_day);
  child text;
begin
  while month <= to_day loop
    child := base || '_' || to_char(month, 'YYYY_MM');
    if not exists (select from pg_class where relname = child and relnamespace = 'public'::regnamespace) then
      perform pg_advisory_xact_lock(hashtextextended('tidemark partitions ' || base, 0));
      -- Another may have made it while this one waited. Not by to_regclass, which remembers that there was none.
      if not exists (select from pg_class where relname = child and relnamespace = 'public'::regnamespace) then
        execute format('create table public.%I (like public.%I including all)', child, base);
        execute format('alter table public.%I enable row level security', child);
        execute format('alter table public.%I force row level security', child);
        execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
          base, child, month, (month + interval '1 month')::date);
      end if;
    end if;
    month := (month + interval '1 month')::date;
  end loop;
end
$$;
revoke all on function public.ensure_month_partitions(regclass, date, date) from public;

-- Makes the months of the facts table that an import needs. Bounded, so that a nonsense date cannot make thousands of tables.
create or replace function public.tidemark_ensure_fact_months(from_day date, to_day date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if from_day < date '2015-01-01' or to_day > (current_date + interval '1 year') or to_day < from_day then
    raise exception 'no fact months from % to %', from_day, to_day using errcode = 'invalid_parameter_value';
  end if;
  perform public.ensure_month_partitions('public.facts'::regclass, from_day, to_day);
end
$$;
revoke all on function public.tidemark_ensure_fact_months(date, date) from public;
grant execute on function public.tidemark_ensure_fact_months(date, date) to tidemark_app;

-- The only way for the application to add a job, in its own transaction. A waiting job with the same key is replaced
-- (payload and time); one that is running keeps running and a new one is added, so that no news is lost.
create or replace function public.tidemark_enqueue(
  identifier text, payload json, queue_name text, run_at timestamptz, job_key text, max_attempts int
) returns bigint
language sql security definer set search_path = pg_catalog, graphile_worker, pg_temp as $$
  select (graphile_worker.add_job(
    identifier => $1, payload => $2, queue_name => $3, run_at => $4, job_key => $5, max_attempts => $6,
    job_key_mode => 'replace'
  )).id
$$;
revoke all on function public.tidemark_enqueue(text, json, text, timestamptz, text, int) from public;
grant execute on function public.tidemark_enqueue(text, json, text, timestamptz, text, int) to tidemark_app;
`;

const grants = `
do $$
declare
  item regclass;
begin
  execute format('grant connect on database %I to tidemark_app', current_database());
  grant usage on schema public to tidemark_app;
  -- truncate is never granted: it passes row-level security by
  for item in
    select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
  loop
    execute format('grant select, insert, update, delete on %s to tidemark_app', item);
  end loop;
  for item in select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' loop
    execute format('grant usage, select on sequence %s to tidemark_app', item);
  end loop;
  -- only where it is missing: both take the table for themselves alone
  for item in
    select oid from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity)
  loop
    execute format('alter table %s enable row level security, force row level security', item);
  end loop;
end
$$;
`;

export const afterMigrations = functions + grants + auditChain + auditGrants;

/** Past months for what is shown and restated, coming months so that no day starts without its table. */
export const factMonths = `
do $$
begin
  if exists (select from pg_partitioned_table where partrelid = to_regclass('public.facts')) then
    perform public.ensure_month_partitions('public.facts',
      (current_date - interval '14 months')::date, (current_date + interval '2 months')::date);
  end if;
end
$$;
`;
