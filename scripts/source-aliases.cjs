// Where the aliases of package.json lead before the build: dependency-cruiser reads this as a webpack configuration.
const { resolve } = require('node:path');

const libraries = ['engine', 'domain', 'infra'];

module.exports = {
  resolve: {
    alias: Object.fromEntries(libraries.map((name) => [`#${name}`, resolve(`libs/${name}/src`)])),
    extensionAlias: { '.js': ['.ts', '.js'], '.mjs': ['.mts', '.mjs'] },
  },
};
