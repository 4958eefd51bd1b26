// Each kind of mistake in an alert rule is made once.
'use strict';
const assert = require('node:assert/strict');
const test = require('node:test');
const { monitorErrors } = require('./monitor.js');

const condition = {
  criterionType: 'DynamicThresholdCriterion', query: 'T', timeAggregation: 'Count', operator: 'GreaterThan', alertSensitivity: 'High',
  ignoreDataBefore: '2026-02-01T00:00:00Z', failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
  dimensions: [{ name: 'a', operator: 'Include', values: ['*'] }],
};
const properties = {
  displayName: 'x', description: '', severity: 1, enabled: "[parameters('enabled')]", scopes: ['x'], evaluationFrequency: 'PT1H', windowSize: 'PT1H',
  autoMitigate: true, resolveConfiguration: { autoResolved: true, timeToResolve: 'PT1H' }, skipQueryValidation: false,
  actions: { actionGroups: "[parameters('ids')]", customProperties: { a: 'b' }, actionProperties: { c: 'd' } },
};
const rule = (change, inCondition, inResource) => ({
  resources: [{
    type: 'Microsoft.Insights/scheduledQueryRules', apiVersion: 'x', name: 'x', location: 'x', kind: 'LogAlert', tags: { a: 'b' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { x: {} } },
    ...inResource, properties: { ...properties, criteria: { allOf: [{ ...condition, ...inCondition }] }, ...change },
  }],
});

const mistakes = {
  'an unknown property': [[{ severities: 1 }], /'"severities"' does not exist/],
  'an unknown property of a resource': [[{}, {}, { sku: 'x' }], /'"sku"' does not exist/],
  'a wrong word': [[{}, { operator: 'gt' }], /operator cannot be gt/],
  'a wrong number': [[{ severity: 5 }], /severity cannot be 5/],
  'a wrong operator of a dimension': [[{}, { dimensions: [{ name: 'a', operator: 'GreaterThan', values: [] }] }], /operator cannot be GreaterThan/],
  'a member that is missing': [[{}, { dimensions: [{ name: 'a', operator: 'Include' }] }], /'values' is missing/],
  'a wrong type': [[{}, { threshold: '1' }], /'string' is not assignable to type 'number'/],
  'a list that is none': [[{ scopes: "[parameters('x')]" }], /'string' is not assignable/],
  'a property that is no text': [[{ actions: { customProperties: { a: 1 } } }], /'number' is not assignable/],
  'a wrong identity': [[{}, {}, { identity: { type: 'Both' } }], /"Both"/],
  'a wrong kind': [[{}, {}, { kind: 'Log' }], /kind cannot be Log/],
};
// One run of the compiler for all: it takes a second.
const errors = monitorErrors({ right: rule(), ...Object.fromEntries(Object.entries(mistakes).map(([name, [change]]) => [name, rule(...change)])) });
const of = (name) => errors.filter((e) => e.startsWith(name + ': ')).join('\n');
test('a right rule', () => assert.equal(of('right'), ''));
test('the types are read', () => assert.equal(of('the types'), ''));
for (const [name, [, message]] of Object.entries(mistakes)) test(name, () => assert.match(of(name), message));
