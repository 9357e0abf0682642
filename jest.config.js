const jupyterlab = require('@jupyterlab/testutils/lib/jest-config');

// Published as ES modules: Jest has to translate these.
const modules = [
  '@codemirror',
  '@jupyter/',
  '@jupyterlab/',
  '@lumino/',
  'lib0',
  'nanoid',
  'y-protocols',
  'y-websocket',
  'yjs'
];

module.exports = {
  ...jupyterlab(__dirname),
  automock: false,
  reporters: ['default'],
  collectCoverage: false,
  testRegex: 'src/__tests__/.*\\.spec\\.tsx?$',
  transformIgnorePatterns: [`/node_modules/(?!${modules.join('|')}).+`]
};
