-- A database of EchoV2 0.1.0 with made-up data. Made by npm run release:keep; never changed afterwards.

create table migration (id serial primary key, timestamp bigint not null, name varchar not null);

-- FirstLight1764000000000
create table app_user (
  id uuid primary key,
  email text unique,
  name text not null,
  role text not null check (role in ('user', 'administrator')),
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz(3) not null default now()
);
insert into app_user (id, name, role) values ('00000000-0000-7000-8000-000000000001', 'Local user', 'administrator');

create table replica (
  id uuid primary key,
  process text,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null,
  reaped_at timestamptz
);

create table conversation (
  id bigint generated always as identity primary key,
  owner_id uuid not null references app_user on delete cascade,
  title text not null,
  system_prompt text,
  provider text,
  model text,
  temperature real,
  pinned boolean not null default false,
  unread boolean not null default false,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index conversation_of_owner on conversation (owner_id, pinned desc, updated_at desc, id desc);

create table message (
  id bigint generated always as identity primary key,
  conversation_id bigint not null references conversation on delete cascade,
  parent_id bigint references message on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  content text not null default '',
  reasoning text,
  status text not null,
  provider text,
  model text,
  finish_reason text,
  usage jsonb,
  error jsonb,
  created_at timestamptz(3) not null default now()
);
create index message_of_conversation on message (conversation_id, id);
create index message_of_parent on message (parent_id);

create table run (
  id uuid primary key,
  message_id bigint not null references message on delete cascade,
  conversation_id bigint not null references conversation on delete cascade,
  owner_id uuid not null references app_user on delete cascade,
  replica_id uuid not null,
  status text not null check (status in ('queued', 'connecting', 'streaming', 'completed', 'stopped', 'failed', 'interrupted')),
  provider text not null,
  model text not null,
  used_provider text,
  used_model text,
  last_seq int,
  finish_reason text,
  usage jsonb,
  cost numeric,
  error jsonb,
  stop_requested_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  first_content_at timestamptz(3),
  finished_at timestamptz(3),
  check ((finished_at is null) = (status in ('queued', 'connecting', 'streaming')))
);
create unique index run_one_live_per_conversation on run (conversation_id) where finished_at is null;
create index run_live_of_replica on run (replica_id) where finished_at is null;
create index run_of_message on run (message_id);

-- No foreign key: one lost parent must never fail the group commit of all runs.
create table run_event (
  run_id uuid not null,
  seq int not null,
  kind text not null,
  body text not null,
  primary key (run_id, seq)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

create table idempotency (
  owner_id uuid not null references app_user on delete cascade,
  key text not null,
  request_hash text not null,
  run_id uuid not null,
  created_at timestamptz(3) not null default now(),
  primary key (owner_id, key)
);
create index idempotency_by_age on idempotency (created_at);

-- Providers1764200000000
create table seal_canary (
  id int primary key check (id = 1),
  sealed text not null
);

-- api_key, headers and query are sealed: in a dump they say nothing.
create table provider (
  id text primary key,
  name text not null,
  wire text not null,
  base_url text not null,
  api_key text,
  key_hint text,
  headers text,
  query text,
  models text[],
  default_model text,
  continues boolean,
  allow_private boolean not null default false,
  enabled boolean not null default true,
  connect_timeout int,
  first_content_timeout int,
  idle_timeout int,
  total_timeout int,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);

create table setting (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz(3) not null default now()
);

-- Grows with every change of the two tables above, so that a replica which missed the notice sees it at its next look.
create table settings_version (
  id int primary key check (id = 1),
  version bigint not null
);
insert into settings_version (id, version) values (1, 0);

-- Audit1764300000000
-- No foreign key and no name: when an account is deleted, its id stays as a pseudonym that leads to nobody.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  actor_id uuid,
  action text not null,
  target text,
  result text not null check (result in ('ok', 'refused')),
  detail text,
  ip text,
  via text not null check (via in ('session', 'key', 'none')),
  request_id text
);
create index audit_of_actor on audit (actor_id, id desc);
create index audit_of_action on audit (action, id desc);
create index audit_by_time on audit (at);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only.';
end $$;
create trigger audit_is_append_only before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_is_not_emptied before truncate on audit for each statement execute function refuse_audit_change();

-- Accounts1764350000000
-- totp_secret and totp_pending are sealed. totp_step is the time step that was used last: each counts once.
alter table app_user
  add column password_hash text,
  add column totp_secret text,
  add column totp_pending text,
  add column totp_step bigint,
  add column last_seen_at timestamptz(3);

create table session (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references app_user on delete cascade,
  token_hash bytea not null unique,
  ip text,
  client text not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index session_of_user on session (user_id);

create table api_key (
  id text primary key,
  user_id uuid not null references app_user on delete cascade,
  name text not null,
  scopes text[] not null,
  key_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  expires_at timestamptz(3) not null
);
create index api_key_of_user on api_key (user_id);

create table recovery_code (
  user_id uuid not null references app_user on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);

create table one_time_link (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('setup', 'invitation', 'reset')),
  token_hash bytea not null unique,
  email text,
  role text check (role in ('user', 'administrator')),
  user_id uuid references app_user on delete cascade,
  created_by uuid references app_user on delete cascade,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index one_time_link_of_user on one_time_link (user_id);
create index one_time_link_by_maker on one_time_link (created_by);

-- SingleSignOn1764450000000
create table identity (
  issuer text not null,
  subject text not null,
  user_id uuid not null references app_user on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (issuer, subject)
);
create index identity_of_user on identity (user_id);

-- The session's name at the identity provider, which it gives when it ends it.
alter table session add column sso_issuer text, add column sso_session text;
create index session_by_sso on session (sso_issuer, sso_session) where sso_issuer is not null;

-- RateLimits1764500000000
-- Not written to the log of the database: a counter that a crash forgets is worth less than what its writing would cost each time.
create unlogged table rate_limit (
  key text primary key,
  points integer not null,
  expire bigint
) with (fillfactor = 50);

-- PromptFindings1764550000000
alter table message add column findings jsonb;
alter table provider add column template_tokens text not null default 'as_typed' check (template_tokens in ('as_typed', 'escape'));

-- MessageAllowance1764560000000
-- Not written to the log of the database: after a crash a minute begins anew.
create unlogged table message_allowance (
  owner_id uuid not null references app_user on delete cascade,
  bucket text not null,
  used int not null,
  since timestamptz not null,
  primary key (owner_id, bucket)
) with (fillfactor = 50);

-- Ledger1764600000000
-- memory_after: the newest message that did not fit into the model's context any more.
alter table run
  drop column cost,
  add column cost jsonb,
  add column fallback_reason text,
  add column memory_after bigint;

-- costs: amount by currency. The row is written anyway when an answer ends: sums kept here cost nothing to read.
alter table conversation
  add column input_tokens bigint not null default 0,
  add column output_tokens bigint not null default 0,
  add column usage_estimated boolean not null default false,
  add column costs jsonb not null default '{}';

-- One row for each run that ended. No foreign key: it outlives the conversation, and the account under an id that leads to nobody.
create table ledger (
  owner_id uuid not null,
  run_id uuid not null,
  at timestamptz(3) not null default now(),
  conversation_id bigint not null,
  asked_provider text not null,
  asked_model text not null,
  provider text not null,
  model text not null,
  outcome text not null check (outcome in ('completed', 'stopped', 'failed', 'interrupted')),
  input_tokens int not null,
  output_tokens int not null,
  cached_tokens int not null,
  reasoning_tokens int not null,
  estimated boolean not null,
  cost numeric,
  currency text,
  primary key (owner_id, run_id)
);
-- Rows come in the order of time: a few pages of index for millions of them.
create index ledger_by_time on ledger using brin (at) with (pages_per_range = 32);

alter table "app_user" disable trigger user;
alter table "api_key" disable trigger user;
alter table "audit" disable trigger user;
alter table "conversation" disable trigger user;
alter table "idempotency" disable trigger user;
alter table "identity" disable trigger user;
alter table "ledger" disable trigger user;
alter table "message" disable trigger user;
alter table "message_allowance" disable trigger user;
alter table "migration" disable trigger user;
alter table "one_time_link" disable trigger user;
alter table "provider" disable trigger user;
alter table "rate_limit" disable trigger user;
alter table "recovery_code" disable trigger user;
alter table "replica" disable trigger user;
alter table "run" disable trigger user;
alter table "run_event" disable trigger user;
alter table "seal_canary" disable trigger user;
alter table "session" disable trigger user;
alter table "setting" disable trigger user;
alter table "settings_version" disable trigger user;

truncate app_user, api_key, audit, conversation, idempotency, identity, ledger, message, message_allowance, migration, one_time_link, provider, rate_limit, recovery_code, replica, run, run_event, seal_canary, session, setting, settings_version;

insert into "app_user" ("id", "email", "name", "role", "status", "created_at", "password_hash", "totp_secret", "totp_pending", "totp_step", "last_seen_at") overriding system value values
('00000000-0000-7000-8000-000000000001', NULL, 'Local user', 'administrator', 'active', '2026-11-28 10:09:44.469+00', NULL, NULL, NULL, NULL, NULL),
('8e4b4cea-2328-469d-a697-82bb75a98c23', 'bob@echo.test', 'Bob Babbage', 'user', 'active', '2026-11-28 10:09:45.161+00', '$argon2id$v=19$m=65536,t=3,p=1$CoLcIvznR0gPy+SLfsYuCw$5ZtFwLBx2A6BOCjkw+sZus63XyLv1aoB+hcD1W/9w6I', NULL, NULL, NULL, '2026-11-28 10:09:45.165+00'),
('f0c551ac-f811-4789-8666-f1e42124fb06', 'ada@echo.test', 'Ada Lovelace', 'administrator', 'active', '2026-11-28 10:09:44.885+00', '$argon2id$v=19$m=65536,t=3,p=1$Md1w6zAqdUuUmeJimmLXMQ$sHqAu4+iDAgK53a+d30tN4YvZgfAqIYyCoPIeuiKlcE', NULL, NULL, NULL, '2026-11-28 10:09:44.896+00');

insert into "api_key" ("id", "user_id", "name", "scopes", "key_hash", "created_at", "last_used_at", "expires_at") overriding system value values
('G60o346c', '8e4b4cea-2328-469d-a697-82bb75a98c23', 'A script', '{chat:read,chat:write}', E'\\x3c992bbc7c351b5180bfff7051a217884480028d78d41d3c66f8de082af8242d', '2026-11-28 10:09:49.021+00', NULL, '2027-02-26 10:09:49.021+00');

insert into "audit" ("id", "at", "actor_id", "action", "target", "result", "detail", "ip", "via", "request_id") overriding system value values
('1', '2026-11-28 10:09:44.894+00', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'user.create', 'user:f0c551ac-f811-4789-8666-f1e42124fb06', 'ok', 'setup', '127.0.0.1', 'none', '7dfb3894d73cae9a'),
('2', '2026-11-28 10:09:44.898+00', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'session.create', 'session:4125164a-4926-4887-b5b6-476f68dfbe81', 'ok', 'setup', '127.0.0.1', 'session', '7dfb3894d73cae9a'),
('3', '2026-11-28 10:09:44.928+00', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'invitation.create', 'invitation:3a40d13f-8791-46bd-901a-c35044efe96c', 'ok', 'role user, 7 days', '127.0.0.1', 'session', '72c133a71557a4eb'),
('4', '2026-11-28 10:09:45.164+00', '8e4b4cea-2328-469d-a697-82bb75a98c23', 'user.create', 'user:8e4b4cea-2328-469d-a697-82bb75a98c23', 'ok', 'invitation 3a40d13f-8791-46bd-901a-c35044efe96c', '127.0.0.1', 'none', 'bd6cc6bb69e1b508'),
('5', '2026-11-28 10:09:45.167+00', '8e4b4cea-2328-469d-a697-82bb75a98c23', 'session.create', 'session:03434de3-feb9-4169-9e64-9339f2e6aa7f', 'ok', 'invitation', '127.0.0.1', 'session', 'bd6cc6bb69e1b508'),
('6', '2026-11-28 10:09:45.198+00', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'provider.create', 'provider:lab', 'ok', NULL, '127.0.0.1', 'session', '4610ff6fcb39aee8'),
('7', '2026-11-28 10:09:45.21+00', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'model_rules.change', NULL, 'ok', 'default guide/guide, 1 fallbacks, all patterns for users', '127.0.0.1', 'session', '263cefcf83fec8c7'),
('8', '2026-11-28 10:09:49.023+00', '8e4b4cea-2328-469d-a697-82bb75a98c23', 'key.create', 'key:G60o346c', 'ok', 'chat:read chat:write, 90 days', '127.0.0.1', 'session', '7a6edc4752d80615');

select setval(pg_get_serial_sequence('audit', 'id'), (select coalesce(max("id"), 1) from "audit"));

insert into "conversation" ("id", "owner_id", "title", "system_prompt", "provider", "model", "temperature", "pinned", "unread", "archived_at", "created_at", "updated_at", "input_tokens", "output_tokens", "usage_estimated", "costs") overriding system value values
('1', 'f0c551ac-f811-4789-8666-f1e42124fb06', 'Kept', NULL, 'guide', 'guide', NULL, 'true', 'true', NULL, '2026-11-28 10:09:45.217+00', '2026-11-28 10:09:48.082+00', '125', '230', 'true', '{}'),
('3', '8e4b4cea-2328-469d-a697-82bb75a98c23', '/demo long 400', NULL, 'guide', 'guide', NULL, 'false', 'false', NULL, '2026-11-28 10:09:49.029+00', '2026-11-28 10:09:49.076+00', '4', '2', 'true', '{}'),
('4', '8e4b4cea-2328-469d-a697-82bb75a98c23', '/demo error overloaded', NULL, 'guide', 'guide', NULL, 'false', 'true', NULL, '2026-11-28 10:09:49.086+00', '2026-11-28 10:09:49.306+00', '6', '18', 'true', '{}'),
('5', '8e4b4cea-2328-469d-a697-82bb75a98c23', 'One', NULL, 'guide', 'guide', NULL, 'false', 'true', NULL, '2026-11-28 10:09:49.316+00', '2026-11-28 10:09:50.171+00', '4', '63', 'true', '{}'),
('6', '8e4b4cea-2328-469d-a697-82bb75a98c23', '/demo stall', NULL, 'guide', 'guide', NULL, 'false', 'false', NULL, '2026-11-28 10:09:50.208+00', '2026-11-28 10:09:50.208+00', '0', '0', 'false', '{}');

select setval(pg_get_serial_sequence('conversation', 'id'), (select coalesce(max("id"), 1) from "conversation"));

insert into "ledger" ("owner_id", "run_id", "at", "conversation_id", "asked_provider", "asked_model", "provider", "model", "outcome", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "estimated", "cost", "currency") overriding system value values
('8e4b4cea-2328-469d-a697-82bb75a98c23', '01a221a1-e9e4-7f52-8b13-495a2f785a71', '2026-11-28 10:09:49.076+00', '3', 'guide', 'guide', 'guide', 'guide', 'stopped', '4', '2', '0', '0', 'true', NULL, NULL),
('8e4b4cea-2328-469d-a697-82bb75a98c23', '01a221a1-ea1d-755d-951f-7783e118feba', '2026-11-28 10:09:49.306+00', '4', 'guide', 'guide', 'guide', 'guide', 'failed', '6', '18', '0', '0', 'true', NULL, NULL),
('8e4b4cea-2328-469d-a697-82bb75a98c23', '01a221a1-eb03-72c1-a96c-3a23da892352', '2026-11-28 10:09:50.171+00', '5', 'guide', 'guide', 'guide', 'guide', 'completed', '4', '63', '0', '0', 'true', NULL, NULL),
('f0c551ac-f811-4789-8666-f1e42124fb06', '01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '2026-11-28 10:09:46.096+00', '1', 'guide', 'guide', 'guide', 'guide', 'completed', '9', '70', '0', '0', 'true', NULL, NULL),
('f0c551ac-f811-4789-8666-f1e42124fb06', '01a221a1-de84-71d6-9ada-b2a4162934b3', '2026-11-28 10:09:47.189+00', '1', 'guide', 'guide', 'guide', 'guide', 'completed', '107', '90', '0', '0', 'true', NULL, NULL),
('f0c551ac-f811-4789-8666-f1e42124fb06', '01a221a1-e2c5-7362-b752-e374b6a5333c', '2026-11-28 10:09:48.082+00', '1', 'guide', 'guide', 'guide', 'guide', 'completed', '9', '70', '0', '0', 'true', NULL, NULL),
('f0c551ac-f811-4789-8666-f1e42124fb06', '01a221a1-e648-7f07-943d-6af8e0436a0a', '2026-11-28 10:09:48.985+00', '2', 'guide', 'guide', 'guide', 'guide', 'completed', '4', '65', '0', '0', 'true', NULL, NULL);

insert into "message" ("id", "conversation_id", "parent_id", "role", "content", "reasoning", "status", "provider", "model", "finish_reason", "usage", "error", "created_at", "findings") overriding system value values
('1', '1', NULL, 'user', 'The first words
of a conversation', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:45.217+00', NULL),
('2', '1', '1', 'assistant', '**This is the Guide, a part of EchoV2. It is not an AI.** It sends back what you wrote:

```text
The first words
of a conversation
```

That is **33** characters, about **9** tokens.

For real answers connect a model: `/setup` shows how. `/help` tells what else the Guide can do.
', NULL, 'completed', 'guide', 'guide', 'stop', '{"estimated": true, "input_tokens": 9, "output_tokens": 70}', NULL, '2026-11-28 10:09:45.217+00', NULL),
('3', '1', '2', 'user', 'Grüße, 世界! 👩‍👩‍👧 שלום مرحبا
```js
const a = `${1}`;
```
  two spaces at the end  ', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:46.118+00', NULL),
('4', '1', '3', 'assistant', '**This is the Guide, a part of EchoV2. It is not an AI.** It sends back what you wrote:

````text
Grüße, 世界! 👩‍👩‍👧 שלום مرحبا
```js
const a = `${1}`;
```
  two spaces at the end  
````

That is **81** characters, about **28** tokens.

For real answers connect a model: `/setup` shows how. `/help` tells what else the Guide can do.
', NULL, 'completed', 'guide', 'guide', 'stop', '{"estimated": true, "input_tokens": 107, "output_tokens": 90}', NULL, '2026-11-28 10:09:46.118+00', NULL),
('5', '1', '1', 'assistant', '**This is the Guide, a part of EchoV2. It is not an AI.** It sends back what you wrote:

```text
The first words
of a conversation
```

That is **33** characters, about **9** tokens.

For real answers connect a model: `/setup` shows how. `/help` tells what else the Guide can do.
', NULL, 'completed', 'guide', 'guide', 'stop', '{"estimated": true, "input_tokens": 9, "output_tokens": 70}', NULL, '2026-11-28 10:09:47.207+00', NULL),
('8', '3', NULL, 'user', '/demo long 400', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:49.029+00', NULL),
('9', '3', '8', 'assistant', 'counts', NULL, 'stopped', 'guide', 'guide', 'stopped', '{"estimated": true, "input_tokens": 4, "output_tokens": 2}', NULL, '2026-11-28 10:09:49.029+00', NULL),
('10', '4', NULL, 'user', '/demo error overloaded', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:49.086+00', NULL),
('11', '4', '10', 'assistant', 'This answer fails now with `overloaded`. What came before it is kept. ', NULL, 'failed', 'guide', 'guide', NULL, '{"estimated": true, "input_tokens": 6, "output_tokens": 18}', '{"code": "provider_overloaded", "message": "The Guide is overloaded. Try again in a moment, or choose another model.", "retryable": true}', '2026-11-28 10:09:49.086+00', NULL),
('12', '5', NULL, 'user', 'One', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:49.316+00', NULL),
('13', '5', '12', 'assistant', 'Two', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:49.316+00', NULL),
('14', '5', '13', 'user', 'Three', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:49.316+00', NULL),
('15', '5', '14', 'assistant', '**This is the Guide, a part of EchoV2. It is not an AI.** It sends back what you wrote:

```text
Three
```

That is **5** characters, about **2** tokens.

For real answers connect a model: `/setup` shows how. `/help` tells what else the Guide can do.
', NULL, 'completed', 'guide', 'guide', 'stop', '{"estimated": true, "input_tokens": 4, "output_tokens": 63}', NULL, '2026-11-28 10:09:49.316+00', NULL),
('16', '6', NULL, 'user', '/demo stall', NULL, 'completed', NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:50.208+00', NULL),
('17', '6', '16', 'assistant', '', NULL, 'connecting', 'guide', 'guide', NULL, NULL, NULL, '2026-11-28 10:09:50.208+00', NULL);

select setval(pg_get_serial_sequence('message', 'id'), (select coalesce(max("id"), 1) from "message"));

insert into "message_allowance" ("owner_id", "bucket", "used", "since") overriding system value values
('8e4b4cea-2328-469d-a697-82bb75a98c23', 'person', '4', '2026-11-28 10:09:49.031303+00'),
('f0c551ac-f811-4789-8666-f1e42124fb06', 'person', '4', '2026-11-28 10:09:45.220504+00');

insert into "migration" ("id", "timestamp", "name") overriding system value values
('1', '1764000000000', 'FirstLight1764000000000'),
('2', '1764200000000', 'Providers1764200000000'),
('3', '1764300000000', 'Audit1764300000000'),
('4', '1764350000000', 'Accounts1764350000000'),
('5', '1764450000000', 'SingleSignOn1764450000000'),
('6', '1764500000000', 'RateLimits1764500000000'),
('7', '1764550000000', 'PromptFindings1764550000000'),
('8', '1764560000000', 'MessageAllowance1764560000000'),
('9', '1764600000000', 'Ledger1764600000000');

select setval(pg_get_serial_sequence('migration', 'id'), (select coalesce(max("id"), 1) from "migration"));

insert into "provider" ("id", "name", "wire", "base_url", "api_key", "key_hint", "headers", "query", "models", "default_model", "continues", "allow_private", "enabled", "connect_timeout", "first_content_timeout", "idle_timeout", "total_timeout", "created_at", "updated_at", "template_tokens") overriding system value values
('lab', 'Lab', 'openai-chat', 'http://127.0.0.1:9/v1', 'v1.76fbda03.hAz7t4u9pJ9Z6cn05_VJNEb340IH42YDnnTvc5QD4jM6Ij1agE_emzxTVkUGqsjWg4anKnnIrNeERrRF.fAArL-4wQWKoJfDufrdnEEI7rsIpcCK1OEkHzfjmFjg-jQW7Lf1HbRaH0GtAR6_RheONz5nekw', '1234', NULL, NULL, '{lab-one}', NULL, NULL, 'true', 'true', NULL, NULL, NULL, NULL, '2026-11-28 10:09:45.181+00', '2026-11-28 10:09:45.181+00', 'as_typed');

insert into "replica" ("id", "process", "started_at", "lease_until", "reaped_at") overriding system value values
('51e96f0e-9b5b-447a-95aa-edb0771d29f8', NULL, '2026-11-28 10:09:44.618601+00', '2026-11-28 10:09:54.625744+00', NULL);

insert into "run" ("id", "message_id", "conversation_id", "owner_id", "replica_id", "status", "provider", "model", "used_provider", "used_model", "last_seq", "finish_reason", "usage", "error", "stop_requested_at", "created_at", "first_content_at", "finished_at", "cost", "fallback_reason", "memory_after") overriding system value values
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '2', '1', 'f0c551ac-f811-4789-8666-f1e42124fb06', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'completed', 'guide', 'guide', 'guide', 'guide', '37', 'stop', '{"estimated": true, "input_tokens": 9, "output_tokens": 70}', NULL, NULL, '2026-11-28 10:09:45.217+00', '2026-11-28 10:09:45.239+00', '2026-11-28 10:09:46.096+00', NULL, NULL, NULL),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '4', '1', 'f0c551ac-f811-4789-8666-f1e42124fb06', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'completed', 'guide', 'guide', 'guide', 'guide', '44', 'stop', '{"estimated": true, "input_tokens": 107, "output_tokens": 90}', NULL, NULL, '2026-11-28 10:09:46.118+00', '2026-11-28 10:09:46.145+00', '2026-11-28 10:09:47.189+00', NULL, NULL, NULL),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '5', '1', 'f0c551ac-f811-4789-8666-f1e42124fb06', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'completed', 'guide', 'guide', 'guide', 'guide', '37', 'stop', '{"estimated": true, "input_tokens": 9, "output_tokens": 70}', NULL, NULL, '2026-11-28 10:09:47.207+00', '2026-11-28 10:09:47.225+00', '2026-11-28 10:09:48.082+00', NULL, NULL, NULL),
('01a221a1-e9e4-7f52-8b13-495a2f785a71', '9', '3', '8e4b4cea-2328-469d-a697-82bb75a98c23', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'stopped', 'guide', 'guide', 'guide', 'guide', '3', 'stopped', '{"estimated": true, "input_tokens": 4, "output_tokens": 2}', NULL, '2026-11-28 10:09:49.075+00', '2026-11-28 10:09:49.029+00', '2026-11-28 10:09:49.056+00', '2026-11-28 10:09:49.076+00', NULL, NULL, NULL),
('01a221a1-ea1d-755d-951f-7783e118feba', '11', '4', '8e4b4cea-2328-469d-a697-82bb75a98c23', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'failed', 'guide', 'guide', 'guide', 'guide', '11', NULL, '{"estimated": true, "input_tokens": 6, "output_tokens": 18}', '{"code": "provider_overloaded", "message": "The Guide is overloaded. Try again in a moment, or choose another model.", "retryable": true}', NULL, '2026-11-28 10:09:49.086+00', '2026-11-28 10:09:49.106+00', '2026-11-28 10:09:49.306+00', NULL, NULL, NULL),
('01a221a1-eb03-72c1-a96c-3a23da892352', '15', '5', '8e4b4cea-2328-469d-a697-82bb75a98c23', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'completed', 'guide', 'guide', 'guide', 'guide', '33', 'stop', '{"estimated": true, "input_tokens": 4, "output_tokens": 63}', NULL, NULL, '2026-11-28 10:09:49.316+00', '2026-11-28 10:09:49.336+00', '2026-11-28 10:09:50.171+00', NULL, NULL, NULL),
('01a221a1-ee7f-7ca5-b8a3-a3d81af1040c', '17', '6', '8e4b4cea-2328-469d-a697-82bb75a98c23', '51e96f0e-9b5b-447a-95aa-edb0771d29f8', 'streaming', 'guide', 'guide', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-28 10:09:50.208+00', '2026-11-28 10:09:50.265+00', NULL, NULL, NULL, NULL);

insert into "run_event" ("run_id", "seq", "kind", "body") overriding system value values
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '1', 'start', '{"type":"start","conversation_id":1,"message_id":2,"run_id":"01a221a1-db00-7bab-a0eb-7d780eb6a8c3","provider":"guide","model":"guide"}'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '2', 'content', '**This'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '3', 'content', ' is the'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '4', 'content', ' Guide, a'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '5', 'content', ' part of'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '6', 'content', ' EchoV2.'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '7', 'content', ' It is'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '8', 'content', ' not'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '9', 'content', ' an'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '10', 'content', ' AI.**'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '11', 'content', ' It sends'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '12', 'content', ' back'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '13', 'content', ' what you'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '14', 'content', ' wrote:'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '15', 'content', '

```text
The'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '16', 'content', ' first'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '17', 'content', ' words'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '18', 'content', '
of a'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '19', 'content', ' conversation
```'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '20', 'content', '

That'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '21', 'content', ' is **33**'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '22', 'content', ' characters, about'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '23', 'content', ' **9**'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '24', 'content', ' tokens.

For'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '25', 'content', ' real'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '26', 'content', ' answers connect'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '27', 'content', ' a'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '28', 'content', ' model: `/setup`'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '29', 'content', ' shows how.'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '30', 'content', ' `/help`'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '31', 'content', ' tells'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '32', 'content', ' what else'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '33', 'content', ' the'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '34', 'content', ' Guide'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '35', 'content', ' can do.'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '36', 'content', '
'),
('01a221a1-db00-7bab-a0eb-7d780eb6a8c3', '37', 'done', '{"type":"done","finish_reason":"stop","usage":{"input_tokens":9,"output_tokens":70,"estimated":true},"conversation_id":1}'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '1', 'start', '{"type":"start","conversation_id":1,"message_id":4,"run_id":"01a221a1-de84-71d6-9ada-b2a4162934b3","provider":"guide","model":"guide"}'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '2', 'content', '**This'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '3', 'content', ' is'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '4', 'content', ' the Guide,'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '5', 'content', ' a'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '6', 'content', ' part of'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '7', 'content', ' EchoV2.'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '8', 'content', ' It is'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '9', 'content', ' not an'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '10', 'content', ' AI.** It'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '11', 'content', ' sends'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '12', 'content', ' back'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '13', 'content', ' what'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '14', 'content', ' you wrote:'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '15', 'content', '

````text'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '16', 'content', '
Grüße, 世界!'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '17', 'content', ' 👩‍👩‍👧'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '18', 'content', ' שלום'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '19', 'content', ' مرحبا
```js'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '20', 'content', '
const'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '21', 'content', ' a ='),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '22', 'content', ' `${1}`;'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '23', 'content', '
```'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '24', 'content', '
  two spaces'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '25', 'content', ' at'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '26', 'content', ' the'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '27', 'content', ' end'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '28', 'content', '  
````'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '29', 'content', '

That is **81**'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '30', 'content', ' characters, about'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '31', 'content', ' **28** tokens.'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '32', 'content', '

For'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '33', 'content', ' real'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '34', 'content', ' answers connect'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '35', 'content', ' a model:'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '36', 'content', ' `/setup` shows'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '37', 'content', ' how.'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '38', 'content', ' `/help`'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '39', 'content', ' tells what'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '40', 'content', ' else'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '41', 'content', ' the Guide'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '42', 'content', ' can'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '43', 'content', ' do.
'),
('01a221a1-de84-71d6-9ada-b2a4162934b3', '44', 'done', '{"type":"done","finish_reason":"stop","usage":{"input_tokens":107,"output_tokens":90,"estimated":true},"conversation_id":1}'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '1', 'start', '{"type":"start","conversation_id":1,"message_id":5,"run_id":"01a221a1-e2c5-7362-b752-e374b6a5333c","provider":"guide","model":"guide"}'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '2', 'content', '**This'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '3', 'content', ' is the'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '4', 'content', ' Guide, a'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '5', 'content', ' part'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '6', 'content', ' of EchoV2.'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '7', 'content', ' It'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '8', 'content', ' is not'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '9', 'content', ' an'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '10', 'content', ' AI.**'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '11', 'content', ' It sends'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '12', 'content', ' back'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '13', 'content', ' what you'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '14', 'content', ' wrote:'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '15', 'content', '

```text
The'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '16', 'content', ' first'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '17', 'content', ' words'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '18', 'content', '
of a'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '19', 'content', ' conversation'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '20', 'content', '
```

That'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '21', 'content', ' is **33**'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '22', 'content', ' characters,'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '23', 'content', ' about **9**'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '24', 'content', ' tokens.'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '25', 'content', '

For real'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '26', 'content', ' answers'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '27', 'content', ' connect a'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '28', 'content', ' model: `/setup`'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '29', 'content', ' shows how.'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '30', 'content', ' `/help`'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '31', 'content', ' tells'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '32', 'content', ' what else'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '33', 'content', ' the'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '34', 'content', ' Guide'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '35', 'content', ' can do.'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '36', 'content', '
'),
('01a221a1-e2c5-7362-b752-e374b6a5333c', '37', 'done', '{"type":"done","finish_reason":"stop","usage":{"input_tokens":9,"output_tokens":70,"estimated":true},"conversation_id":1}'),
('01a221a1-e9e4-7f52-8b13-495a2f785a71', '1', 'start', '{"type":"start","conversation_id":3,"message_id":9,"run_id":"01a221a1-e9e4-7f52-8b13-495a2f785a71","provider":"guide","model":"guide"}'),
('01a221a1-e9e4-7f52-8b13-495a2f785a71', '2', 'content', 'counts'),
('01a221a1-e9e4-7f52-8b13-495a2f785a71', '3', 'done', '{"type":"done","finish_reason":"stopped","usage":{"input_tokens":4,"output_tokens":2,"estimated":true},"conversation_id":3}'),
('01a221a1-ea1d-755d-951f-7783e118feba', '1', 'start', '{"type":"start","conversation_id":4,"message_id":11,"run_id":"01a221a1-ea1d-755d-951f-7783e118feba","provider":"guide","model":"guide"}'),
('01a221a1-ea1d-755d-951f-7783e118feba', '2', 'content', 'This'),
('01a221a1-ea1d-755d-951f-7783e118feba', '3', 'content', ' answer'),
('01a221a1-ea1d-755d-951f-7783e118feba', '4', 'content', ' fails'),
('01a221a1-ea1d-755d-951f-7783e118feba', '5', 'content', ' now with'),
('01a221a1-ea1d-755d-951f-7783e118feba', '6', 'content', ' `overloaded`.'),
('01a221a1-ea1d-755d-951f-7783e118feba', '7', 'content', ' What came'),
('01a221a1-ea1d-755d-951f-7783e118feba', '8', 'content', ' before it'),
('01a221a1-ea1d-755d-951f-7783e118feba', '9', 'content', ' is'),
('01a221a1-ea1d-755d-951f-7783e118feba', '10', 'content', ' kept. '),
('01a221a1-ea1d-755d-951f-7783e118feba', '11', 'error', '{"type":"error","message":"The Guide is overloaded. Try again in a moment, or choose another model.","code":"provider_overloaded","retryable":true,"partial":true}'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '1', 'start', '{"type":"start","conversation_id":5,"message_id":15,"run_id":"01a221a1-eb03-72c1-a96c-3a23da892352","provider":"guide","model":"guide"}'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '2', 'content', '**This'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '3', 'content', ' is'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '4', 'content', ' the'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '5', 'content', ' Guide, a part'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '6', 'content', ' of'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '7', 'content', ' EchoV2. It'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '8', 'content', ' is'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '9', 'content', ' not'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '10', 'content', ' an AI.**'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '11', 'content', ' It sends'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '12', 'content', ' back'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '13', 'content', ' what'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '14', 'content', ' you wrote:'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '15', 'content', '

```text'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '16', 'content', '
Three
```'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '17', 'content', '

That is'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '18', 'content', ' **5**'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '19', 'content', ' characters,'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '20', 'content', ' about **2** tokens.'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '21', 'content', '

For real'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '22', 'content', ' answers'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '23', 'content', ' connect a'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '24', 'content', ' model:'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '25', 'content', ' `/setup`'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '26', 'content', ' shows'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '27', 'content', ' how. `/help`'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '28', 'content', ' tells'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '29', 'content', ' what'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '30', 'content', ' else'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '31', 'content', ' the Guide'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '32', 'content', ' can do.
'),
('01a221a1-eb03-72c1-a96c-3a23da892352', '33', 'done', '{"type":"done","finish_reason":"stop","usage":{"input_tokens":4,"output_tokens":63,"estimated":true},"conversation_id":5}'),
('01a221a1-ee7f-7ca5-b8a3-a3d81af1040c', '1', 'start', '{"type":"start","conversation_id":6,"message_id":17,"run_id":"01a221a1-ee7f-7ca5-b8a3-a3d81af1040c","provider":"guide","model":"guide"}'),
('01a221a1-ee7f-7ca5-b8a3-a3d81af1040c', '2', 'content', 'This'),
('01a221a1-ee7f-7ca5-b8a3-a3d81af1040c', '3', 'content', ' answer falls');

insert into "seal_canary" ("id", "sealed") overriding system value values
('1', 'v1.76fbda03.V9fpK_xJXxf5veswg4pIOuGnFs-ClRw-gXzO380mBrvsnbskLf6qgxMDhFcfE37Lc6Jk1BvjSqlU-05D.JojjkLFrc0RjwDYNnS6f_jKZg58ZLU629s06OO6U9QDy64y_P5U9mAKL1Wz4EleqJQ');

insert into "session" ("id", "user_id", "token_hash", "ip", "client", "created_at", "last_used_at", "expires_at", "sso_issuer", "sso_session") overriding system value values
('03434de3-feb9-4169-9e64-9339f2e6aa7f', '8e4b4cea-2328-469d-a697-82bb75a98c23', E'\\x3efe030baf0ad805e3651aab32b5d6e0166710aa7e993e681220a8b5c6423a1b', '127.0.0.1', 'A program that does not say its name', '2026-11-28 10:09:45.165+00', '2026-11-28 10:09:45.165+00', '2026-12-05 10:09:45.165+00', NULL, NULL),
('4125164a-4926-4887-b5b6-476f68dfbe81', 'f0c551ac-f811-4789-8666-f1e42124fb06', E'\\xf134756191cbc85e9d35a710e2568451d0bbfe7072a10bb6932319de810af602', '127.0.0.1', 'A program that does not say its name', '2026-11-28 10:09:44.896+00', '2026-11-28 10:09:44.896+00', '2026-12-05 10:09:44.896+00', NULL, NULL);

insert into "setting" ("name", "value", "updated_at") overriding system value values
('model_rules', '{"fallbacks": {"lab/*": ["guide/guide"]}, "user_models": null, "default_model": "guide/guide"}', '2026-11-28 10:09:45.206+00');

insert into "settings_version" ("id", "version") overriding system value values
('1', '2');

alter table "app_user" enable trigger user;
alter table "api_key" enable trigger user;
alter table "audit" enable trigger user;
alter table "conversation" enable trigger user;
alter table "idempotency" enable trigger user;
alter table "identity" enable trigger user;
alter table "ledger" enable trigger user;
alter table "message" enable trigger user;
alter table "message_allowance" enable trigger user;
alter table "migration" enable trigger user;
alter table "one_time_link" enable trigger user;
alter table "provider" enable trigger user;
alter table "rate_limit" enable trigger user;
alter table "recovery_code" enable trigger user;
alter table "replica" enable trigger user;
alter table "run" enable trigger user;
alter table "run_event" enable trigger user;
alter table "seal_canary" enable trigger user;
alter table "session" enable trigger user;
alter table "setting" enable trigger user;
alter table "settings_version" enable trigger user;
