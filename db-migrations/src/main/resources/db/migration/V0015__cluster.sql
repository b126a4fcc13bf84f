-- What all nodes of one database share: an id made once, by which they find out that a Redis is another cluster's, and what proves that
-- they were given the same secret without telling it.
create table cluster_identity (
    id integer not null primary key,
    cluster_id varchar(32) not null,
    key_check varchar(64)
);

-- The oldest schema version whose programs may still run on this database. A migration that they could not live with raises it.
create table schema_floor (
    oldest integer not null
);

insert into schema_floor (oldest) values (14);
