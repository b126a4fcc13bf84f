-- What people called themselves in a session when they came last: so that its history can say who somebody was who is long gone.
create table user_name (
    session_id varchar(10) not null references session (id),
    user_id varchar(64) not null,
    name varchar(64) not null,
    constraint user_name_key primary key (session_id, user_id)
);

create index user_name_of_user on user_name (user_id);
