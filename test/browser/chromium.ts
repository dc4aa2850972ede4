// A Chromium for the browser tests: what is installed, else what Playwright can install, else Debian's
// package when that may be installed here, else a message that says what to do.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const INSTALLED = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Started the way a container needs it, and without a word to the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** A running browser; rejects with what to do when there is none to be had. */
export async function launchChromium() {
  const executablePath = found() ?? byPlaywright() ?? byDebian();
  if (executablePath === undefined) {
    throw new Error(
      'no Chromium: install one, or name it in CHROMIUM_PATH, or run npx playwright install chromium',
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

function found(): string | undefined {
  return [...INSTALLED, chromium.executablePath()].find((path) => path !== '' && existsSync(path));
}

function byPlaywright(): string | undefined {
  return attempt('npx', ['playwright', 'install', 'chromium'], 120_000);
}

function byDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  attempt('apt-get', ['update'], 120_000);
  return attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], 280_000);
}

function attempt(command: string, args: string[], timeout: number): string | undefined {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout });
  } catch {
    return undefined;
  }
  return found();
}
