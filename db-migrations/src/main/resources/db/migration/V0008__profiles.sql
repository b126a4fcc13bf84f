-- How people look to others, whom they know, and sessions that are put away.

-- The avatar, as one short text; null is the one that everybody has who chose none.
alter table account add column look varchar(100);
-- Which picture it is, so that a new one has another address. No version is used twice.
alter table account add column picture_version bigint default 0 not null;
alter table account add column has_picture boolean default false not null;

-- Pictures in base64, apart from the accounts, which are read with each token.
create table account_picture (
    user_id varchar(32) not null primary key references account (user_id),
    asset_type varchar(16) not null,
    content varchar(349528) not null
);

-- Whom somebody put among their contacts: their own list, nobody has to agree.
create table account_contact (
    user_id varchar(32) not null references account (user_id),
    contact_id varchar(32) not null references account (user_id),
    since_at bigint not null,
    constraint account_contact_key primary key (user_id, contact_id)
);

create index account_contact_of on account_contact (contact_id);

-- With whom somebody was in a session, the newest meeting of each two; both sides have a row.
create table account_meeting (
    user_id varchar(32) not null references account (user_id),
    other_id varchar(32) not null references account (user_id),
    session_id varchar(10) not null references session (id),
    met_at bigint not null,
    constraint account_meeting_key primary key (user_id, other_id)
);

create index account_meeting_of on account_meeting (other_id);

-- An archived session can be read and brought back. used_at is when somebody was last in it; null where nobody was since there is this column.
alter table session add column archived_at bigint;
alter table session add column used_at bigint;
