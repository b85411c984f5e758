import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

const toInt = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? Number(value) : value,
);
const toBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);

const STORE_URL = /^(sqlite::memory:|sqlite:.+|esdb(\+discover)?:\/\/.+|mongodb(\+srv)?:\/\/.+)$/;
const STORE_URL_HINT = 'such as sqlite:./data/log.db';

/** Every setting of a Dossier process, from the environment. Checked once, at start. */
export class Settings {
  /** Folder of the embedded stores, the master keys and the operator's socket. */
  @IsString()
  DATA_DIR = './data';

  @IsOptional()
  @Matches(STORE_URL, { message: `EVENT_LOG_URL must name a store, ${STORE_URL_HINT}` })
  EVENT_LOG_URL?: string;

  @IsOptional()
  @Matches(STORE_URL, {
    message: `VIEW_STORE_URL must name a store, ${STORE_URL_HINT.replace('log', 'views')}`,
  })
  VIEW_STORE_URL?: string;

  @IsOptional()
  @Matches(STORE_URL, {
    message: `KEY_VAULT_URL must name a store, ${STORE_URL_HINT.replace('log', 'vault')}`,
  })
  KEY_VAULT_URL?: string;

  /** File with the keys that wrap all others. Keep a copy of it apart from the data. Default: `master.key` in DATA_DIR. */
  @IsOptional()
  @IsString()
  MASTER_KEY_FILE?: string;

  @IsString()
  HOST = '127.0.0.1';

  /** 0 takes any free port. */
  @toInt
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** Seconds that a bearer token is good for. */
  @toInt
  @IsInt()
  @Min(60)
  @Max(86_400)
  TOKEN_SECONDS = 3600;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL = 'info';

  /** Opens a new log as a demo, with a clock that can be moved. Has no effect on a log that exists. */
  @toBoolean
  @IsBoolean()
  DEMO = false;

  /** Where the demo's clock starts in a new log (UTC instant). */
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/, { message: 'DEMO_START must be a UTC instant' })
  DEMO_START?: string;

  get dataDir(): string {
    return resolve(this.DATA_DIR);
  }
  get masterKeyFile(): string {
    return this.MASTER_KEY_FILE ?? resolve(this.dataDir, 'master.key');
  }
  get eventLogUrl(): string {
    return this.EVENT_LOG_URL ?? `sqlite:${resolve(this.dataDir, 'log.db')}`;
  }
  get viewStoreUrl(): string {
    return this.VIEW_STORE_URL ?? `sqlite:${resolve(this.dataDir, 'views.db')}`;
  }
  get keyVaultUrl(): string {
    return this.KEY_VAULT_URL ?? `sqlite:${resolve(this.dataDir, 'vault.db')}`;
  }
}

/** One or more settings are bad; the message lists every one. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  constructor(readonly faults: readonly string[]) {
    super(`these settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const NAMES = Object.keys(new Settings());

/**
 * Reads the settings from an environment; empty values count as not set.
 * @throws BadSettings listing every fault, without the values
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const faults = validateSync(settings, { forbidUnknownValues: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}).map((message) =>
      message.startsWith(error.property) ? message : `${error.property}: ${message}`,
    ),
  );
  if (faults.length > 0) throw new BadSettings(faults);
  return settings;
}
