-- Documents at some revisions: shortcuts to the log, from which each of them can be made again.
create table snapshot (
    branch_id bigint not null references branch (id),
    revision bigint not null,
    committed_at bigint not null,
    constraint snapshot_key primary key (branch_id, revision)
);

-- A snapshot's text, cut into parts. Apart from the above, so that looking for one does not read them.
create table snapshot_part (
    branch_id bigint not null,
    revision bigint not null,
    part integer not null,
    content varchar(1048576) not null,
    constraint snapshot_part_key primary key (branch_id, revision, part),
    constraint snapshot_part_of foreign key (branch_id, revision) references snapshot (branch_id, revision)
);
