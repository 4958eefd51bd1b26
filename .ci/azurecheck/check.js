// usage: check.js FOLDER: checks all Bicep files and templates with rules below it
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { armChecker } = require('./arm.js');
const { bicepErrors } = require('./bicep.js');
const { monitorErrors } = require('./monitor.js');

// files returns [{name, text}] of all files of the two kinds, also of those that stand in the cases of the command line.
function files(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const name = path.join(folder, e.name);
    if (e.isDirectory()) return files(name);
    if (name.endsWith('.txtar')) return sections(name, fs.readFileSync(name, 'utf8'));
    return /\.(bicep|json)$/.test(name) ? [{ name, text: fs.readFileSync(name, 'utf8') }] : [];
  });
}

function sections(name, text) {
  const parts = text.split(/^-- (.+) --\n/m);
  const out = [];
  for (let i = 1; i < parts.length; i += 2) if (/\.(bicep|json)$/.test(parts[i])) out.push({ name: `${name} ${parts[i]}`, text: parts[i + 1] });
  return out;
}

(async () => {
  const armErrors = await armChecker();
  const count = { bicep: 0, analytics: 0, alerts: 0 };
  let failed = false;
  const report = (message) => {
    failed = true;
    console.error(message);
  };
  const alerts = {};
  for (const { name, text } of files(process.argv[2])) {
    if (name.endsWith('.bicep')) {
      count.bicep++;
      for (const line of bicepErrors(text)) report(`${name}:${line}: no Bicep`);
    } else if (text.includes('/providers/alertRules"')) {
      count.analytics++;
      for (const e of armErrors(JSON.parse(text))) report(`${name}: ${e}`);
    } else if (text.includes('"type": "Microsoft.Insights/scheduledQueryRules"')) {
      count.alerts++;
      alerts[name] = JSON.parse(text);
    }
  }
  monitorErrors(alerts).forEach(report);
  for (const [kind, n] of Object.entries(count)) if (n === 0) report(`no ${kind} to check`);
  console.log(`${count.bicep} Bicep files, ${count.analytics} templates with analytics rules, ${count.alerts} with alert rules`);
  process.exit(failed ? 1 : 0);
})();
