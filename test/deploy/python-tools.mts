import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DeployTestError, ROOT, type Workplace } from './workplace.mts';

/** What pip installs for each, in an environment of its own. */
const REQUIREMENTS = {
  sam: '.ci/requirements.txt',
  ministack: '.ci/requirements-ministack.txt',
} as const;

const AT_LEAST = '3.11';
const PYTHON_VERSION = ['python3', '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'] as const;

/**
 * The `bin` folder of a Python environment below `.aws-sam` with what its requirements name; one that is there is used again
 * as long as they stay as they are.
 *
 * @throws DeployTestError when there is no Python, or pip cannot install them
 */
export async function pythonTools(name: keyof typeof REQUIREMENTS, workplace: Workplace): Promise<string> {
  const folder = join(ROOT, '.aws-sam/python', name);
  const bin = join(folder, 'bin');
  const requirements = join(ROOT, REQUIREMENTS[name]);
  const installed = join(folder, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');

  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return bin;
  await requirePython(workplace);
  rmSync(folder, { recursive: true, force: true });
  await workplace.run('python', ['python3', '-m', 'venv', folder], process.env);
  await workplace.run(
    'pip',
    [join(bin, 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
    process.env,
  );
  writeFileSync(installed, wanted);
  return bin;
}

async function requirePython(workplace: Workplace): Promise<void> {
  const version = await workplace.run('python', PYTHON_VERSION, process.env).catch(() => 'none');
  const [major = 0, minor = 0] = version.trim().split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = AT_LEAST.split('.').map(Number);

  if (major !== wantedMajor || minor < wantedMinor) {
    throw new DeployTestError(
      `The SAM CLI and MiniStack run on Python ${AT_LEAST} or newer as python3: found ${version.trim()}. ` +
        'Install it with its venv module (on Debian and Ubuntu: python3-venv).',
    );
  }
}
