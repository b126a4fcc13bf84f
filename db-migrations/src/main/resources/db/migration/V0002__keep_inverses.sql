-- How a change is undone: JSON, for the server alone. Null where it cannot be undone, and for changes from before this column.
alter table committed_change add column inverse varchar(10485760);
