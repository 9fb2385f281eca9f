// What callers of the engine give and get. Pure types: importing this costs nothing and loads no DuckDB.

/** Amazon's aggregation threshold classes, mildest first. A row needs 1 (NONE), 2 (LOW) or 100 (MEDIUM, HIGH) users; the last two are never put out. */
export type ThresholdClass = "NONE" | "LOW" | "MEDIUM" | "HIGH" | "VERY_HIGH" | "INTERNAL";

/** The data types of workflow columns, in Amazon's words. */
export type DataType =
  | "ARRAY"
  | "BINARY"
  | "BOOLEAN"
  | "BYTE"
  | "DATE"
  | "DECIMAL"
  | "DOUBLE"
  | "FLOAT"
  | "INTEGER"
  | "LONG"
  | "SHORT"
  | "STRING"
  | "TIMESTAMP";

export type ColumnType = "DIMENSION" | "METRIC";

export interface TableColumn {
  name: string;
  dataType: DataType;
  /** Of an ARRAY: what it holds. */
  elementType?: DataType;
  columnType: ColumnType;
  threshold: ThresholdClass;
}

export interface AmcTable {
  name: string;
  columns: TableColumn[];
  /** The column whose distinct values are counted for the thresholds; null: the table holds no users. */
  userColumn: string | null;
  /** The time by which the window filters rows, in UTC; null: the window leaves the table whole. */
  timeColumn: string | null;
  /** Read only on instances that pay for it. */
  paid: boolean;
  /** One of the twins that audience queries read. */
  forAudiences: boolean;
}

/** A value of CUSTOM_PARAMETER, as an execution's parameterValues give it. */
export type Parameter = string | number | boolean | null | readonly (string | number)[];

/** A parameter as a workflow declares it in inputParameters. Of an ARRAY, `elementType` (STRING unless given). */
export interface DeclaredParameter {
  name: string;
  dataType: DataType;
  elementType?: DataType;
}

/** One thing wrong with an SQL text. Lines and columns count from 1; `endColumn` is the first column after it, on the same line. */
export interface Problem {
  rule: string;
  message: string;
  fix: string;
  line: number;
  column: number;
  endColumn: number;
  /** An error is refused by AMC; a warning runs, and the numbers may not mean what one thinks. */
  severity: "error" | "warning";
}

/** What the numbers of a money column are in; divide by 100,000 or 100,000,000 for currency. */
export type MoneyUnit = "millicents" | "microcents";

export interface OutputColumn {
  name: string;
  dataType: DataType;
  columnType: ColumnType;
  threshold: ThresholdClass;
  /** Set where an undivided money column is put out. */
  unit?: MoneyUnit;
}

export interface LintOptions {
  /** Names of the tables on this instance; absent: every documented table. */
  tables?: readonly string[];
  /** Tables the advertiser uploaded. */
  uploaded?: readonly AmcTable[];
  /** Absent: the declarations are not checked. */
  parameters?: readonly DeclaredParameter[];
  /** The query makes an audience: other tables, and user_id in the select. */
  audience?: boolean;
  /** Where the window ends, and the present moment: both are needed to judge the 48-hour lag. */
  windowEnd?: Date;
  now?: Date;
}

export interface Lint {
  /** In the order of their places. */
  problems: Problem[];
  /** Empty where the text does not parse or bind. */
  outputColumns: OutputColumn[];
  /** Documented or uploaded tables the query reads. */
  tables: string[];
  /** Names given to CUSTOM_PARAMETER. */
  parameters: string[];
  /** How many distinct users a row needs for all of its columns. */
  requiredUsers: 1 | 2 | 100;
}

/** A value of a row to load: by the column's type. Moments are Dates or ISO texts in UTC; LONG and DECIMAL may be numbers, bigints or texts. */
export type Value = string | number | bigint | boolean | Date | null | undefined | readonly (string | number)[];

/** Where the engine's tables come from. A table that is not there is empty. */
export type Source =
  /** A folder of `<table>.parquet` files with AMC's column names; absent columns are NULL. Read where it lies, never copied. */
  | { folder: string }
  /** Rows by column name; asked for once, when a query first reads the table. */
  | { load: (table: string) => AsyncIterable<Record<string, Value>> | Iterable<Record<string, Value>> | null };

export interface EngineOptions {
  source: Source;
  /** Tables the advertiser uploaded. */
  uploaded?: readonly AmcTable[];
  /** 512 unless given. */
  memoryLimitMb?: number;
  /** Of one run; 60,000 unless given. */
  timeoutMs?: number;
}

export interface PrivacyControls {
  /** Everything is shown: allowed by Amazon on synthetic data only. */
  disableAggregation?: boolean;
  /** What becomes of a row below its threshold: it is left out, or its sensitive values are. REMOVE_ROWS unless given. */
  behavior?: "REMOVE_ROWS" | "REMOVE_VALUES";
  /** Sensitive values are left out, the rows summed up again, and this boolean column says where. */
  discriminatorColumn?: string;
  /** A column of how many users stand behind the row, never more than 2 or 100 is told. */
  distinctUserCountColumn?: string;
  /** A column of why values were left out. */
  filteredReasonColumn?: string;
}

export interface RunRequest {
  sql: string;
  /** Events from `start` up to, not including, `end`. */
  window: { start: Date; end: Date };
  /** IANA name; the zone of CURRENT_DATE and 'today'. UTC unless given. */
  timeZone?: string;
  parameters?: Record<string, Parameter>;
  /** Types of those parameters whose values do not tell (dates, moments, numbers as text). */
  parameterTypes?: readonly DeclaredParameter[];
  controls?: PrivacyControls;
  /** An audience query: rows are its users, no threshold applies. */
  audience?: boolean;
  /** Names of the tables on this instance; absent: every documented table. */
  tables?: readonly string[];
  now: Date;
  signal?: AbortSignal;
}

/** As AMC's CSV has it: DATE yyyy-MM-dd, TIMESTAMP yyyy-MM-ddTHH:mm:ss.SSS; numbers past 2^53 and DECIMAL are texts. */
export type Cell = string | number | boolean | null | Cell[] | { [name: string]: Cell };

export interface Hidden {
  /** Rows left out, or with values left out. */
  rows: number;
  /** Distinct users behind those rows and behind no row shown whole. */
  users: number;
  /** How many rows each column hid, by its threshold; most first. */
  columns: { name: string; required: 2 | 100; rows: number }[];
}

export interface RunResult {
  columns: OutputColumn[];
  rows: Cell[][];
  hidden: Hidden;
  /** Distinct users behind all rows, hidden ones included. */
  users: number;
}

export interface Engine {
  /** @throws {RefusedSql} what AMC would refuse; {RunStopped} out of time, memory or patience; {RunFailed} for an error of the data (a cast, a division). */
  run(request: RunRequest): Promise<RunResult>;
  close(): void;
}
