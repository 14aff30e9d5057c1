/** A property that every event can have, as a column. */
interface Column {
  readonly name: string;
  /** In the event. */
  readonly property: string;
  readonly type: 'VARCHAR' | 'INTEGER' | 'TIMESTAMP' | 'JSON';
}

/** As in the Glue table of `template.yaml`. */
export const COLUMNS: readonly Column[] = [
  { name: 'aggregate_id', property: 'id', type: 'VARCHAR' },
  { name: 'version', property: '$version', type: 'INTEGER' },
  { name: 'event_name', property: '$name', type: 'VARCHAR' },
  { name: 'event_id', property: 'eventId', type: 'VARCHAR' },
  { name: 'schema_version', property: 'schemaVersion', type: 'INTEGER' },
  { name: 'recorded_at', property: 'timestamp', type: 'TIMESTAMP' },
  { name: 'correlation_id', property: 'correlationId', type: 'VARCHAR' },
  { name: 'causation_id', property: 'causationId', type: 'VARCHAR' },
  { name: 'enrichment', property: 'enrichmentData', type: 'JSON' },
  { name: 'metadata', property: 'metadata', type: 'JSON' },
];

/** Takes these properties out of an event: what is left is the event's own. */
const WITHOUT_COLUMNS = JSON.stringify(Object.fromEntries(COLUMNS.map(({ property }) => [property, null])));

/**
 * The DuckDB statement that makes the view `events` of all lines in a folder's files, each event once. It has a column for each
 * property that every event can have, and `payload` with an event's own. Without a folder, the view has no rows.
 */
export function eventsView(folder: string | undefined): string {
  const lines =
    folder === undefined
      ? '(SELECT NULL::JSON AS json WHERE false)'
      : `read_json_objects('${folder.replaceAll("'", "''")}/*.ndjson.gz', format = 'newline_delimited')`;

  return `CREATE VIEW events AS
    SELECT ${COLUMNS.map(expression).join(', ')}, json_merge_patch(json, '${WITHOUT_COLUMNS}') AS payload
    FROM ${lines}
    QUALIFY row_number() OVER (PARTITION BY aggregate_id, version) = 1`;
}

function expression({ name, property, type }: Column): string {
  const path = `'$."${property}"'`;

  return type === 'JSON' ? `json->${path} AS ${name}` : `CAST(json->>${path} AS ${type}) AS ${name}`;
}
