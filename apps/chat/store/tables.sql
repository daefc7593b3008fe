-- For SQLite and PostgreSQL. Flags are 0 or 1; times are ms since 1970; `folded` is what searches compare.
create table if not exists users (
  id text primary key,
  name text not null,
  folded text not null
);

-- `pair`: the two ids of a direct conversation. `is_start`: newcomers are put into it.
create table if not exists conversations (
  id text primary key,
  kind text not null,
  title text not null,
  folded text not null,
  pair text unique,
  is_start integer not null default 0,
  last_seq integer not null default 0,
  rev integer not null default 1,
  at bigint not null
);

-- `other_id`: whom a direct conversation is with.
create table if not exists members (
  conversation_id text not null references conversations,
  user_id text not null references users,
  other_id text references users,
  read_seq integer not null default 0,
  rev integer not null default 0,
  primary key (conversation_id, user_id)
);
create index if not exists members_by_user on members (user_id);

create table if not exists messages (
  id text primary key,
  conversation_id text not null references conversations,
  seq integer not null,
  rev integer not null default 1,
  author_id text not null references users,
  at bigint not null,
  edited_at bigint,
  is_deleted integer not null default 0,
  text text not null,
  reply_to text references messages,
  unique (conversation_id, seq)
);

create table if not exists mentions (
  message_id text not null references messages,
  user_id text not null references users,
  conversation_id text not null,
  seq integer not null,
  primary key (message_id, user_id)
);
create index if not exists mentions_by_user on mentions (user_id, conversation_id, seq);

-- `rev`: of the message when the reaction was added, which orders them.
create table if not exists reactions (
  message_id text not null references messages,
  user_id text not null references users,
  emoji text not null,
  rev integer not null,
  primary key (message_id, user_id, emoji)
);

-- SQLite keeps bytes as they are in a column of any type.
create table if not exists images (
  message_id text primary key references messages,
  type text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null
);
