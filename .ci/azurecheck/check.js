// usage: check.js FOLDER: checks all Bicep files and templates with analytics rules below it
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { armChecker } = require('./arm.js');
const { bicepErrors } = require('./bicep.js');

function files(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const name = path.join(folder, e.name);
    return e.isDirectory() ? files(name) : [name];
  });
}

(async () => {
  const armErrors = await armChecker();
  const count = { '.bicep': 0, '.json': 0 };
  let failed = false;
  const report = (message) => {
    failed = true;
    console.error(message);
  };
  for (const name of files(process.argv[2])) {
    const text = fs.readFileSync(name, 'utf8');
    if (name.endsWith('.bicep')) {
      count['.bicep']++;
      for (const line of bicepErrors(text)) report(`${name}:${line}: no Bicep`);
    } else if (name.endsWith('.json') && text.includes('/providers/alertRules"')) {
      count['.json']++;
      for (const e of armErrors(JSON.parse(text))) report(`${name}: ${e}`);
    }
  }
  for (const [ext, n] of Object.entries(count)) if (n === 0) report(`no ${ext} file to check`);
  console.log(`${count['.bicep']} Bicep files, ${count['.json']} templates`);
  process.exit(failed ? 1 : 0);
})();
