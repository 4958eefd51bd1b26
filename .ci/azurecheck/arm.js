// Holds rules in ARM templates against the definitions that Microsoft generates its own SDK from.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const sdk = require('@azure/arm-securityinsight');

// The definitions stand in a module of the package that is not part of its interface. It imports nothing.
async function definitions() {
  const main = require.resolve('@azure/arm-securityinsight');
  const file = path.join(path.dirname(main), '..', 'dist-esm', 'src', 'models', 'mappers.js');
  return import('data:text/javascript,' + encodeURIComponent(fs.readFileSync(file, 'utf8')));
}

// The package is of an older version of the interface than the templates. What came later:
const later = new Set(['NrtAlertRule.subTechniques']);

const enums = {
  severity: sdk.KnownAlertSeverity,
  tactics: sdk.KnownAttackTactic,
  entityType: sdk.KnownEntityMappingType,
  aggregationKind: sdk.KnownEventGroupingAggregationKind,
  matchingMethod: sdk.KnownMatchingMethod,
  groupByEntities: sdk.KnownEntityMappingType,
  groupByAlertDetails: sdk.KnownAlertDetail,
};

const types = { String: 'string', TimeSpan: 'string', Boolean: 'boolean', Number: 'number' };
const duration = /^P(\d+D|T\d+[HM])$/;

// Returns what is wrong with a value by its definition.
function wrong(mappers, type, value, name) {
  switch (type.name) {
    case 'Composite': {
      const properties = type.modelProperties ?? mappers[type.className].type.modelProperties;
      const known = new Map(Object.values(properties).map((p) => [p.serializedName, p]));
      const out = [];
      for (const [key, v] of Object.entries(value)) {
        const p = known.get(key);
        if (!p || p.readOnly) {
          if (!later.has(`${type.className}.${key}`)) out.push(`${type.className} has no ${key}`);
        } else out.push(...wrong(mappers, p.type, v, key));
      }
      for (const p of known.values()) if (p.required && !(p.serializedName in value)) out.push(`${type.className} needs ${p.serializedName}`);
      return out;
    }
    case 'Sequence':
      if (!Array.isArray(value)) return [`${name} is no array`];
      return value.flatMap((v) => wrong(mappers, type.element.type, v, name));
    case 'Enum':
      return type.allowedValues.includes(value) ? [] : [`${name} cannot be ${value}`];
    case 'Dictionary':
      return Object.values(value).flatMap((v) => wrong(mappers, type.value.type, v, name));
  }
  // A template may switch a rule by a parameter.
  if (name === 'enabled' && typeof value === 'string' && /^\[.*\]$/.test(value)) return [];
  if (!types[type.name]) return [`${name}: no check for ${type.name}`];
  if (typeof value !== types[type.name]) return [`${name} is no ${type.name}`];
  if (type.name === 'TimeSpan' && !duration.test(value)) return [`${name} is no time: ${value}`];
  const words = enums[name];
  return words && !Object.values(words).includes(value) ? [`${name} cannot be ${value}`] : [];
}

// Of near-real-time rules there is only the definition of the resource, which names the properties with their path.
function properties(resource) {
  const below = Object.values(resource.type.modelProperties).filter((p) => p.serializedName.startsWith('properties.'));
  const modelProperties = below.map((p) => ({ ...p, serializedName: p.serializedName.slice('properties.'.length) }));
  return { name: 'Composite', className: resource.type.className, modelProperties };
}

async function armChecker() {
  const mappers = await definitions();
  const kinds = { Scheduled: mappers.ScheduledAlertRuleProperties.type, NRT: properties(mappers.NrtAlertRule) };
  return (template) =>
    (template.resources ?? [])
      .filter((r) => r.type.endsWith('/alertRules'))
      .flatMap((r) => (kinds[r.kind] ? wrong(mappers, kinds[r.kind], r.properties, '') : [`no kind ${r.kind}`]));
}

module.exports = { armChecker };
