// The hash chain of the audit log, as the database keeps it: every event is linked when its transaction commits, whoever wrote it.

/**
 * One event as text, from a row of audit_events under this name. Part of what is promised: docs/security.md describes it,
 * and server/audit/canonical.ts makes the same text without a database. Never change it; add a second form beside it.
 */
export const eventText = (row: string) => `jsonb_build_object(
    'agencyId', ${row}.agency_id, 'id', ${row}.id,
    'at', to_char(${row}.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actorKind', ${row}.actor_kind, 'actorId', ${row}.actor_id, 'actorName', ${row}.actor_name,
    'action', ${row}.action, 'targetType', ${row}.target_type, 'targetId', ${row}.target_id,
    'targetLabel', ${row}.target_label, 'brandId', ${row}.brand_id, 'before', ${row}.before, 'after', ${row}.after,
    'requestId', ${row}.request_id, 'ip', ${row}.ip, 'userAgent', ${row}.user_agent)::text`;

/** SHA-256 of a text, in hex. */
export const sha256Hex = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

const link = `
create or replace function public.tidemark_link_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  place public.audit_heads;
begin
  perform set_config('app.agency_id', new.agency_id::text, true);
  -- The row's lock makes the commits of one agency's events wait for each other: their order is the chain's.
  select * into place from public.audit_heads where agency_id = new.agency_id for update;
  if not found then
    insert into public.audit_heads (agency_id, seq, hash) values (new.agency_id, 0, repeat('0', 64))
      on conflict do nothing;
    select * into place from public.audit_heads where agency_id = new.agency_id for update;
  end if;
  place.seq := place.seq + 1;
  place.hash := ${sha256Hex(`place.hash || e'\\n' || ${sha256Hex(eventText("new"))}`)};
  insert into public.audit_links (agency_id, seq, event_id, hash) values (new.agency_id, place.seq, new.id, place.hash);
  update public.audit_heads set seq = place.seq, hash = place.hash where agency_id = new.agency_id;
  return null;
end
$$;
revoke all on function public.tidemark_link_event() from public;
`;

const prune = `
-- The only way by which events leave the log: older than a year and than the moment given, up to a signed checkpoint, which then
-- is where the chain begins. @returns how many went
create or replace function public.tidemark_prune_audit(moment timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  agency uuid := nullif(current_setting('app.agency_id', true), '')::uuid;
  cut bigint;
  removed bigint;
begin
  if moment > now() - interval '365 days' then
    raise exception 'audit events are kept for 365 days at least' using errcode = 'invalid_parameter_value';
  end if;
  perform from public.audit_heads where agency_id = agency for update;
  select max(c.seq) into cut from public.audit_checkpoints c
    join public.audit_links l on l.agency_id = c.agency_id and l.seq = c.seq and l.hash = c.hash
    where c.agency_id = agency and c.at < moment and not exists (
      select from public.audit_events e join public.audit_links k on k.agency_id = e.agency_id and k.event_id = e.id
      where e.agency_id = agency and e.at >= moment and k.seq <= c.seq);
  if cut is null then
    return 0;
  end if;
  delete from public.audit_events e using public.audit_links l
    where l.agency_id = agency and l.seq <= cut and e.agency_id = agency and e.id = l.event_id;
  get diagnostics removed = row_count;
  delete from public.audit_links where agency_id = agency and seq <= cut;
  update public.audit_checkpoints set pruned_at = now() where agency_id = agency and seq = cut;
  return removed;
end
$$;
revoke all on function public.tidemark_prune_audit(timestamptz) from public;
grant execute on function public.tidemark_prune_audit(timestamptz) to tidemark_app;
`;

/** The first time, events from before there was a chain are linked in the order they were written. */
const begin = `
do $$
declare
  item regclass;
  event record;
  place public.audit_heads;
begin
  foreach item in array array['public.audit_events', 'public.audit_checkpoints']::regclass[] loop
    if not exists (select from pg_policy where polrelid = item and polname = 'owner') then
      execute format($policy$create policy owner on %s for all to current_user
        using (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid))
        with check (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid))$policy$, item);
    end if;
  end loop;
  if exists (select from pg_trigger where tgrelid = 'public.audit_events'::regclass and tgname = 'audit_events_link') then
    return;
  end if;
  alter table public.audit_events no force row level security;
  for event in select e.*, ${eventText("e")} as body from public.audit_events e order by e.agency_id, e.at, e.id loop
    perform set_config('app.agency_id', event.agency_id::text, true);
    if place.agency_id is distinct from event.agency_id then
      place := row(event.agency_id, 0, repeat('0', 64));
      insert into public.audit_heads values (place.*);
    end if;
    place.seq := place.seq + 1;
    place.hash := ${sha256Hex(`place.hash || e'\\n' || ${sha256Hex("event.body")}`)};
    insert into public.audit_links (agency_id, seq, event_id, hash)
      values (event.agency_id, place.seq, event.id, place.hash);
    update public.audit_heads set seq = place.seq, hash = place.hash where agency_id = event.agency_id;
  end loop;
  perform set_config('app.agency_id', '', true);
  alter table public.audit_events force row level security;
  create constraint trigger audit_events_link after insert on public.audit_events
    deferrable initially deferred for each row execute function public.tidemark_link_event();
end
$$;
`;

export const auditChain = link + prune + begin;

/** After the grants on all tables: what was done stays written, and only the database itself links it. */
export const auditGrants = `
revoke update, delete on public.audit_events, public.audit_checkpoints from tidemark_app;
revoke insert, update, delete on public.audit_links, public.audit_heads from tidemark_app;
revoke update, delete on public.signing_keys from tidemark_app;
-- a key is sealed anew where the installation's encryption key changes
grant update (private_key) on public.signing_keys to tidemark_app;
`;
