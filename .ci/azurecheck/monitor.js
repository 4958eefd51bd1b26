// Holds alert rules in ARM templates against the types of Microsoft's own SDK, read by the compiler of TypeScript.
'use strict';
const path = require('node:path');
const ts = require('typescript');
const sdk = require('@azure/arm-monitor');

const models = path.join(path.dirname(require.resolve('@azure/arm-monitor')), 'models', 'scheduledQueryRuleApi', 'models.js');

// Where the types say no more than that it is a text or a number, the package has the words as an enumeration.
const words = {
  kind: sdk.KnownKind,
  severity: sdk.KnownAlertSeverity,
  timeAggregation: sdk.KnownTimeAggregation,
  operator: sdk.KnownConditionOperator,
  criterionType: sdk.KnownCriterionType,
};

// A template may ask for a list, or switch a rule, by a parameter. What the type wants stands for it.
const parameters = { actionGroups: [], enabled: true };

// plain returns the value with neither expressions of ARM nor the words that are checked by themselves.
function plain(value, name, report) {
  if (typeof value === 'string' && /^\[[^[].*\]$/s.test(value) && name in parameters) return parameters[name];
  if (Array.isArray(value)) return value.map((v) => plain(v, name, report));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => {
    const known = key === 'operator' && name === 'dimensions' ? sdk.KnownDimensionOperator : words[key];
    if (known && !Object.values(known).includes(v)) report(`${key} cannot be ${v}`);
    return [key, plain(v, key, report)];
  }));
}

// In a resource the properties stand together, where the SDK has them beside the rest. A date is a text in JSON.
const head = `import type { ScheduledQueryRuleResource, ScheduledQueryRuleProperties } from ${JSON.stringify(models)};
type JSONof<T> = T extends Date ? string : T extends object ? { [K in keyof T]: JSONof<T[K]> } : T;
type Own = Omit<ScheduledQueryRuleResource, keyof ScheduledQueryRuleProperties | 'id' | 'name' | 'type' | 'systemData'>;
type Rule = JSONof<Own & { properties: ScheduledQueryRuleProperties }>;
`;

// monitorErrors takes templates by name and returns what is wrong with their alert rules. One run of the compiler reads
// all of them.
function monitorErrors(templates) {
  const out = [];
  let text = head;
  const lines = []; // whose rule stands in a line of the text
  for (const [name, template] of Object.entries(templates)) {
    for (const r of (template.resources ?? []).filter((r) => r.type === 'Microsoft.Insights/scheduledQueryRules')) {
      const { type, apiVersion, name: id, ...rule } = r;
      lines.push(name);
      text += `export const rule${lines.length}: Rule = ${JSON.stringify(plain(rule, '', (e) => out.push(`${name}: ${e}`)))};\n`;
    }
  }
  const file = path.join(__dirname, 'rules.ts');
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (f, v, ...rest) => (f === file ? ts.createSourceFile(f, text, v) : getSourceFile.call(host, f, v, ...rest));
  host.fileExists = (f) => f === file || fileExists.call(host, f);
  const program = ts.createProgram([file], options, host);
  const first = head.split('\n').length - 1;
  for (const d of ts.getPreEmitDiagnostics(program)) {
    const line = d.file?.fileName === file ? d.file.getLineAndCharacterOfPosition(d.start).line : -1;
    out.push(`${lines[line - first] ?? 'the types'}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`);
  }
  return out;
}

module.exports = { monitorErrors };
