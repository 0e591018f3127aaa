// The checks of rules.json in json-rules-engine: node engine.js MODULES TABLES. It writes its name; then a line of input
// is the number of a stay, the answer the wall time in ns and the number of findings, and rule and line of each.
'use strict';
const path = require('path');
const readline = require('readline');
const { Engine } = require(path.resolve(process.argv[2], 'json-rules-engine'));
const tables = require('./tables').load(process.argv[3]);
const facts = require('./facts');

const rules = require('./rules.json');
const engine = new Engine(
  rules.map(({ id, conditions }) => ({ name: id, conditions, event: { type: id } })),
  { allowUndefinedFacts: true, replaceFactsInEventParams: false });

// The engine makes an object of each fact that it is given: it gets those that a rule names.
const names = [...new Set(JSON.stringify(rules).match(/(?<="fact":")\w+/g))];

function named(line) {
  const given = {};
  for (const name of names) given[name] = line[name];
  return given;
}

async function check(stay) {
  const found = [];
  for (const line of facts.of(tables, stay)) {
    const { events } = await engine.run(named(line));
    for (const event of events) found.push(`${event.type} ${line.line}`);
  }
  return found;
}

const version = require(path.resolve(process.argv[2], 'json-rules-engine', 'package.json')).version;
console.log(`json-rules-engine ${version}, node ${process.versions.node}`);

(async () => {
  for await (const text of readline.createInterface({ input: process.stdin })) {
    const begin = process.hrtime.bigint();
    const found = await check(Number(text));
    process.stdout.write([`${process.hrtime.bigint() - begin} ${found.length}`, ...found].join('\n') + '\n');
  }
})();
