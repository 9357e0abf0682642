const galata = require('@jupyterlab/galata/lib/playwright-config');

const port = process.env.MATH4ML_TEST_PORT ?? '8989';
const address = `http://127.0.0.1:${port}`;

module.exports = {
  ...galata,
  testDir: 'tests',
  reporter: [['list'], ['html', { open: 'never' }]],
  retries: 0,
  workers: 1,
  // The same journeys in both applications.
  projects: [
    { name: 'lab', use: { app: 'lab' } },
    {
      name: 'notebook',
      use: { app: 'notebook', appPath: '', autoGoto: false }
    }
  ],
  use: {
    ...galata.use,
    baseURL: address,
    // Playwright's own encoder would have to be downloaded; the trace shows more.
    video: 'off',
    // Without retries there is no first one: keep the trace of what failed.
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  webServer: {
    command: 'jlpm start',
    url: `${address}/lab`,
    timeout: 120 * 1000,
    env: { MATH4ML_TEST_PORT: port },
    reuseExistingServer: false
  }
};
