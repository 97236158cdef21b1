// A database as SQL text that any PostgreSQL takes: the statements that made its schema, then its rows.

const TABLES = `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
const PARENTS = `select conrelid::regclass::text as child, confrelid::regclass::text as parent from pg_constraint
  where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`;
const COLUMNS = `select column_name as name, is_identity = 'YES' as identity, column_default as "default" from information_schema.columns
  where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`;

/** `client` is connected to the database; `statementsOf` tells what a migration ran. */
export async function dumpDatabase(client, statementsOf) {
  await client.query(`set timezone = 'UTC'`);
  const { rows: migrations } = await client.query('select id, timestamp, name from migration order by id');
  const parts = ['create table migration (id serial primary key, timestamp bigint not null, name varchar not null);'];
  for (const { name } of migrations) for (const statement of await statementsOf(name)) parts.push(`-- ${name}\n${tidy(statement)}`);
  const tables = await inOrder(client);
  const triggers = (what) => tables.map((table) => `alter table "${table}" ${what} trigger user;`).join('\n');
  // Triggers are for what happens, and this has happened. Migrations put rows in as well: those of the dump take their place.
  parts.push(triggers('disable'));
  parts.push(`truncate ${tables.join(', ')};`);
  for (const table of tables) parts.push(...(await rowsOf(client, table)));
  parts.push(triggers('enable'));
  return `${parts.join('\n\n')}\n`;
}

/** Tables that others refer to come first. */
async function inOrder(client) {
  const { rows: parents } = await client.query(PARENTS);
  const waiting = (await client.query(TABLES)).rows.map(({ name }) => name);
  const done = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((name) => parents.every(({ child, parent }) => child !== name || done.includes(parent)));
    if (next < 0) throw new Error(`These tables refer to each other: ${waiting.join(', ')}`);
    done.push(...waiting.splice(next, 1));
  }
  return done;
}

async function rowsOf(client, table) {
  const { rows: columns } = await client.query(COLUMNS, [table]);
  const names = columns.map(({ name }) => `"${name}"`);
  const { rows } = await client.query(
    `select concat_ws(', ', ${names.map((name) => `quote_nullable(${name}::text)`).join(', ')}) as row from "${table}" order by 1`,
  );
  // Parents within a table come before their children, since ids only grow.
  const values = rows.map(({ row }) => `(${row})`).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const counters = columns
    .filter((column) => column.identity || /^nextval/.test(column.default ?? ''))
    .map(
      ({ name }) => `select setval(pg_get_serial_sequence('${table}', '${name}'), (select coalesce(max("${name}"), 1) from "${table}"));`,
    );
  if (values.length === 0) return [];
  return [`insert into "${table}" (${names.join(', ')}) overriding system value values\n${values.join(',\n')};`, ...counters];
}

function tidy(statement) {
  const lines = statement.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)[0].length));
  const text = lines.map((line) => line.slice(indent)).join('\n');
  return text.endsWith(';') ? text : `${text};`;
}
