// A check that cannot fail is worth nothing: each kind of mistake is made once.
'use strict';
const assert = require('node:assert/strict');
const test = require('node:test');
const { armChecker } = require('./arm.js');
const { bicepErrors } = require('./bicep.js');

const rule = {
  displayName: 'x', enabled: true, severity: 'High', query: 'T', queryFrequency: 'PT1H', queryPeriod: 'PT2H', triggerOperator: 'GreaterThan',
  triggerThreshold: 0, suppressionEnabled: false, suppressionDuration: 'PT5H', tactics: ['Persistence'],
  entityMappings: [{ entityType: 'IP', fieldMappings: [{ identifier: 'Address', columnName: 'a' }] }], customDetails: { a: 'b' },
};
const template = (properties, kind = 'Scheduled') => ({ resources: [{ type: 'x/alertRules', kind, properties: { ...rule, ...properties } }] });

test('a right rule', async () => assert.deepEqual((await armChecker())(template({})), []));

const mistakes = {
  'an unknown property': [{ severities: 'High' }, /has no severities/],
  'a wrong word': [{ severity: 'Critical' }, /severity cannot be Critical/],
  'a wrong tactic': [{ tactics: ['Stealth'] }, /tactics cannot be Stealth/],
  'a wrong type': [{ triggerThreshold: '0' }, /triggerThreshold is no Number/],
  'a wrong time': [{ queryPeriod: '1h' }, /queryPeriod is no time/],
  'an unknown member': [{ entityMappings: [{ entityTypes: 'IP' }] }, /EntityMapping has no entityTypes/],
  'a wrong member': [{ entityMappings: [{ entityType: 'User' }] }, /entityType cannot be User/],
  'a detail that is no text': [{ customDetails: { a: 1 } }, /is no String/],
};
for (const [name, [properties, message]] of Object.entries(mistakes)) {
  test(name, async () => assert.match((await armChecker())(template(properties)).join(), message));
}

test('a missing property', async () => {
  const t = template({});
  delete t.resources[0].properties.suppressionDuration;
  assert.match((await armChecker())(t).join(), /needs suppressionDuration/);
});
test('a kind that has no schedule', async () => assert.match((await armChecker())(template({}, 'NRT')).join(), /has no queryFrequency/));
test('an unknown kind', async () => assert.match((await armChecker())(template({}, 'Fast')).join(), /no kind Fast/));

const right = "@description('it\\'s \\${x}')\nparam a string\n\nresource r 'A/b@2025-01-01' = {\n  q: '''\n'x' ${y}'''\n  l: [\n    'a'\n  ]\n}\n";
test('right Bicep', () => assert.deepEqual(bicepErrors(right), []));
for (const wrong of ["resource r 'A/b@2025-01-01' = {\n  q: 'it's'\n}\n", "resource r 'A' = {\n  l: [\n    'a'\n}\n", "param a = = 1\n", "resource r 'A' = {\n  q: '''\nx\n}\n"]) {
  test('wrong Bicep: ' + JSON.stringify(wrong), () => assert.notDeepEqual(bicepErrors(wrong), []));
}
