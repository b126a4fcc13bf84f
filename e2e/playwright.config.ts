import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: ['tests/**/*.spec.ts', 'cluster/**/*.spec.ts'],
  outputDir: 'test-results',
  // Servers and browsers share two cores on a build machine, and nothing here may be flaky.
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  // Clients wait up to half a minute before they try again to connect.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHORALE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
