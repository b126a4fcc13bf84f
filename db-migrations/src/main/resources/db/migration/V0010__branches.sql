-- Branches begin at a revision of another one and share all that led to it: nothing is copied. Only main has no parent.
alter table branch add column parent_id bigint;
alter table branch add column fork_revision bigint default 0 not null;
alter table branch add column description varchar(2000);
alter table branch add column maker_id varchar(64);
alter table branch add column maker_name varchar(64);
alter table branch add column created_at bigint default 0 not null;
alter table branch add column archived_at bigint;
-- How many approvals a merge into a protected branch needs; null where the branch is not protected.
alter table branch add column approvals integer;
-- A deleted branch has a name that nobody can give, so that its own is free again.
alter table branch add column deleted_at bigint;
alter table branch add constraint branch_parent foreign key (parent_id) references branch (id);

update branch set created_at = (select s.created_at from session s where s.id = branch.session_id);

create index branch_by_parent on branch (parent_id);
create index branch_of_maker on branch (maker_id);
