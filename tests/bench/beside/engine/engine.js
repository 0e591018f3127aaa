// The same rules in json-rules-engine.
'use strict';
const path = require('path');

exports.open = (rules, modules) => {
  const package_ = path.resolve(modules, 'json-rules-engine');
  const { Engine } = require(package_);
  const engine = new Engine(
    rules.map(({ id, conditions }) => ({ name: id, conditions, event: { type: id } })),
    { allowUndefinedFacts: true, replaceFactsInEventParams: false });
  // It makes an object of each fact that it is given: it gets those that a rule names.
  const names = [...new Set(JSON.stringify(rules).match(/(?<="fact":")\w+/g))];
  return {
    name: 'json-rules-engine ' + require(path.join(package_, 'package.json')).version,
    broken: async (line) => {
      const given = {};
      for (const name of names) given[name] = line[name];
      return (await engine.run(given)).events.map((event) => event.type);
    },
  };
};
