const { options } = require('./dependency-cruiser.cjs');

/**
 * Folders, as the modules in them stand on each other. Specs and contexts' tests are left out: they lie beside what they test, and use
 * test/support.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-folder-on-both-sides',
      severity: 'error',
      comment: 'No folder stands on another and holds it up: so there is an order in which to read them.',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: [options.exclude.path, '\\.spec\\.ts$', '^src/[^/]+/test/'] } },
};
