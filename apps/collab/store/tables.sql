-- For SQLite and PostgreSQL. Flags are 0 or 1; times are ms since 1970. The texts of the pages are not here, but in the rooms' store.
create table if not exists users (
  id text primary key,
  name text not null
);

-- `for_all`: the role that everybody has. `rev` rises with every change of what stands around the text, also once it is removed.
-- `initial`, or the page of `copy_of`: what is to be written into the page, until it was.
create table if not exists documents (
  id text primary key,
  owner_id text not null references users,
  title text not null,
  for_all text,
  rev integer not null default 1,
  at bigint not null,
  edited_at bigint not null,
  is_removed integer not null default 0,
  initial text,
  copy_of text references documents
);
create index if not exists documents_by_owner on documents (owner_id) where is_removed = 0;
create index if not exists documents_for_all on documents (id) where for_all is not null;

-- `token_hash`: SHA-256 of the token, in Base64.
create table if not exists links (
  id text primary key,
  document_id text not null references documents,
  role text not null,
  token_hash text not null,
  at bigint not null
);
create index if not exists links_by_document on links (document_id);

create table if not exists grants (
  document_id text not null references documents,
  user_id text not null references users,
  link_id text not null references links,
  role text not null,
  primary key (document_id, user_id, link_id)
);
create index if not exists grants_by_user on grants (user_id);

-- `turn`: the document's `rev` when it was written, which orders them.
create table if not exists comments (
  id text primary key,
  document_id text not null references documents,
  turn integer not null,
  rev integer not null,
  author_id text not null references users,
  at bigint not null,
  edited_at bigint,
  text text not null,
  quote text not null,
  anchor_from text not null,
  anchor_to text not null,
  resolved_by text references users,
  resolved_at bigint
);
create index if not exists comments_by_document on comments (document_id);

create table if not exists replies (
  id text primary key,
  comment_id text not null references comments,
  turn integer not null,
  author_id text not null references users,
  at bigint not null,
  edited_at bigint,
  text text not null
);
create index if not exists replies_by_comment on replies (comment_id);
