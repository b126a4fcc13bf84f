-- What a session keeps beside its document: images and models. Written once; a row without sha256 is an upload under way, or one that broke
-- off: nobody sees it (nulls are distinct).
create table asset (
    id varchar(26) not null primary key,
    session_id varchar(10) not null references session (id),
    name varchar(120) not null,
    asset_type varchar(16) not null,
    size_bytes bigint not null,
    sha256 varchar(64),
    stored_at bigint not null,
    constraint asset_once unique (session_id, sha256)
);

create index asset_begun on asset (sha256, stored_at);

-- 256 KiB of an asset each, in base64. Apart from the above, so that looking for one does not read them.
create table asset_chunk (
    asset_id varchar(26) not null references asset (id),
    chunk integer not null,
    content varchar(349528) not null,
    constraint asset_chunk_key primary key (asset_id, chunk)
);

-- The picture by which people know a session again, in base64.
create table thumbnail (
    session_id varchar(10) not null primary key references session (id),
    asset_type varchar(16) not null,
    content varchar(1398104) not null
);

-- Which picture that is, here because every list of sessions asks; 0 where there is none.
alter table session add column thumbnail_version bigint default 0 not null;
alter table session add column thumbnail_at bigint;
