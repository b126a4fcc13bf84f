-- Accounts and what proves them. Of every secret only a hash is kept; of passwords a slow one.

-- A row stays when its account is erased: then it holds nothing but the user_id, so that nobody else ever gets it.
create table account (
    user_id varchar(32) not null primary key,
    login varchar(64),
    password_hash varchar(256),
    issuer varchar(255),
    subject varchar(255),
    name varchar(64),
    color varchar(7),
    locale varchar(35),
    preferences varchar(16384),
    administrator boolean not null,
    created_at bigint not null,
    disabled_at bigint,
    erased_at bigint,
    constraint account_login unique (login),
    constraint account_subject unique (issuer, subject)
);

-- One log-in, and all tokens that came of it: without its row none of them is good.
create table sign_in (
    id varchar(32) not null primary key,
    user_id varchar(32) not null references account (user_id),
    created_at bigint not null,
    expires_at bigint not null
);

create index sign_in_by_user on sign_in (user_id);

-- Each is good once. The used ones stay as long as the sign-in, so that it is noticed when one comes again.
create table refresh_token (
    token_hash varchar(64) not null primary key,
    sign_in_id varchar(32) not null references sign_in (id) on delete cascade,
    created_at bigint not null,
    used_at bigint
);

create index refresh_token_by_sign_in on refresh_token (sign_in_id);

create table one_time_link (
    token_hash varchar(64) not null primary key,
    purpose varchar(16) not null,
    user_id varchar(32) references account (user_id),
    created_at bigint not null,
    expires_at bigint not null
);

create table api_key (
    id varchar(32) not null primary key,
    key_hash varchar(64) not null,
    user_id varchar(32) not null references account (user_id),
    name varchar(64) not null,
    scopes varchar(32) not null,
    created_at bigint not null,
    expires_at bigint,
    last_used_at bigint,
    constraint api_key_hash unique (key_hash)
);

create index api_key_by_user on api_key (user_id);

-- Failed and unfinished log-ins. subject is a hash of the login or of the address: people type passwords into the wrong field.
create table login_attempt (
    subject varchar(64) not null primary key,
    failures integer not null,
    last_at bigint not null
);

-- Keys that sign access tokens, shared by all nodes. content is a JWK, sealed where chorale.tokens.key-secret is set.
create table signing_key (
    kid varchar(32) not null primary key,
    content varchar(2048) not null,
    created_at bigint not null
);

-- For what somebody takes along, or leaves behind nameless.
create index chat_message_by_user on chat_message (user_id);
