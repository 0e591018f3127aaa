// node main.js engine|plain TABLES MODULES: writes its name; then a line of input is the number of a stay, the answer
// the wall time in ns and the number of findings, and rule and line of each.
'use strict';
const readline = require('readline');
const facts = require('./facts');
const [, , how, dir, modules] = process.argv;
const tables = require('./tables').load(dir);
const side = require(`./${how}`).open(require('./rules.json'), modules);

async function check(stay) {
  const found = [];
  for (const line of facts.of(tables, stay)) {
    const broken = side.broken(line);
    for (const id of Array.isArray(broken) ? broken : await broken) found.push(`${id} ${line.line}`);
  }
  return found;
}

(async () => {
  console.log(`${side.name}, node ${process.versions.node}`);
  for await (const text of readline.createInterface({ input: process.stdin })) {
    const begin = process.hrtime.bigint();
    const found = await check(Number(text));
    process.stdout.write([`${process.hrtime.bigint() - begin} ${found.length}`, ...found].join('\n') + '\n');
  }
})();
