-- Leases on elements, so that all nodes keep them; branch.locks grows with each that is taken or given free, and is part of what a commit
-- expects. session.version grows when its settings change or it ends, so that a node finds out by one number.
alter table branch add column locks bigint default 0 not null;
alter table session add column version bigint default 0 not null;

create table branch_lock (
    branch_id bigint not null references branch (id),
    element varchar(96) not null,
    participant_id varchar(64) not null,
    user_id varchar(64) not null,
    user_name varchar(64) not null,
    lease bigint not null,
    expires_at bigint not null,
    constraint branch_lock_key primary key (branch_id, element)
);
