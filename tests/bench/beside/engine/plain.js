// The same rules without an engine: conditions of rules.json made into functions.
'use strict';
const OPERATORS = {
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b,
  greaterThan: (a, b) => a > b,
  lessThan: (a, b) => a < b,
  in: (a, b) => b.includes(a),
  notIn: (a, b) => !b.includes(a),
};

function compile(condition) {
  const { all, any, fact, operator, value } = condition;
  if (all) {
    const parts = all.map(compile);
    return (line) => parts.every((part) => part(line));
  }
  if (any) {
    const parts = any.map(compile);
    return (line) => parts.some((part) => part(line));
  }
  const compare = OPERATORS[operator];
  return value && value.fact ? (line) => compare(line[fact], line[value.fact]) : (line) => compare(line[fact], value);
}

exports.open = (rules) => {
  const compiled = rules.map(({ id, conditions }) => ({ id, holds: compile(conditions) }));
  return {
    name: 'the same rules in plain JavaScript',
    broken: (line) => compiled.filter((rule) => rule.holds(line)).map((rule) => rule.id),
  };
};
