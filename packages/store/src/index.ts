/** PostgreSQL, embedded or remote: server, pool, migrations. */
export {};
