/** PostgreSQL: the embedded server or any other, connections, migrations, notifications. */
export {};
