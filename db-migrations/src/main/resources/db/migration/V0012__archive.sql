-- What changes become that are long ago: a thousand of them in one compressed piece, which is read as the rows were.
create table change_segment (
    branch_id bigint not null references branch (id),
    first_revision bigint not null,
    last_revision bigint not null,
    first_at bigint not null,
    last_at bigint not null,
    -- of the changes' content, in UTF-16 code units
    content_length bigint not null,
    constraint change_segment_key primary key (branch_id, first_revision)
);

-- A segment's text, cut into parts. Apart from the above, so that looking for one does not read them.
create table change_segment_part (
    branch_id bigint not null,
    first_revision bigint not null,
    part integer not null,
    content varchar(1048576) not null,
    constraint change_segment_part_key primary key (branch_id, first_revision, part),
    constraint change_segment_part_of foreign key (branch_id, first_revision) references change_segment (branch_id, first_revision)
);

-- Which change ids a segment has: one row for each client, with its counters as ranges (0-57,60). So a change is recognised for ever.
create table archived_client (
    branch_id bigint not null,
    first_revision bigint not null,
    client_id varchar(64) not null,
    low_counter bigint not null,
    high_counter bigint not null,
    counters varchar(65536) not null,
    constraint archived_client_key primary key (branch_id, first_revision, client_id),
    constraint archived_client_of foreign key (branch_id, first_revision) references change_segment (branch_id, first_revision)
);

create index archived_client_by_id on archived_client (branch_id, client_id);
