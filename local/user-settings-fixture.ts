import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

/** Variables that a developer may have for other work, each with a value that would lead to AWS, to nowhere, or to an error. */
export const OWN_VARIABLES = {
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_REGION: 'mx-central-1',
  AWS_DEFAULT_REGION: '',
  AWS_PROFILE: 'nobody',
  AWS_ACCESS_KEY_ID: 'mine',
  AWS_SECRET_ACCESS_KEY: 'mine',
  AWS_SESSION_TOKEN: 'mine',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: NOWHERE,
  AWS_ENDPOINT_URL: NOWHERE,
  AWS_ENDPOINT_URL_LAMBDA: NOWHERE,
  AWS_ENDPOINT_URL_SQS: '',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_MAX_ATTEMPTS: 'none',
  AWS_RETRY_MODE: 'none',
  AWS_DEFAULTS_MODE: 'none',
  AWS_REQUEST_CHECKSUM_CALCULATION: 'none',
  AWS_RESPONSE_CHECKSUM_VALIDATION: 'none',
  AWS_ACCOUNT_ID: '111111111111',
  AWS_ACCOUNT_ID_ENDPOINT_MODE: 'required',
  AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
  AWS_SDK_UA_APP_ID: 'mine',
  AWS_CA_BUNDLE: '/nowhere.pem',
  AWS_EXECUTION_ENV: 'CloudShell',
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  ALL_PROXY: NOWHERE,
  NO_PROXY: '',
  http_proxy: NOWHERE,
  NODE_USE_ENV_PROXY: '1',
  TZ: 'America/New_York',
  LANG: 'tr_TR.UTF-8',
  PORT: '',
} as const;

/** What the SDK finds in a home directory. */
const CONFIG = `[default]
region = mx-central-1
use_fips_endpoint = true
use_dualstack_endpoint = true
endpoint_url = ${NOWHERE}
max_attempts = none
retry_mode = none
defaults_mode = none
request_checksum_calculation = none
`;

/** A home directory with files of AWS. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'home-'));

  constructor(config = CONFIG, credentials = '[default]\naws_access_key_id = file\naws_secret_access_key = file\n') {
    mkdirSync(join(this.folder, '.aws'));
    writeFileSync(join(this.folder, '.aws/config'), config);
    writeFileSync(join(this.folder, '.aws/credentials'), credentials);
  }

  get variables(): Readonly<Record<string, string>> {
    return { HOME: this.folder, USERPROFILE: this.folder };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
