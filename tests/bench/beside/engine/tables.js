// The tables that tables.c wrote: rows as objects, by the column that is asked for.
'use strict';
const fs = require('fs');

function columnsOf(dir) {
  const schema = fs.readFileSync(`${dir}/schema.sql`, 'utf8');
  const columns = {};
  for (const [, table, list] of schema.matchAll(/CREATE TABLE (\w+) \(([^;]*)\);/g))
    columns[table] = list.split(/,\s*(?![^(]*\))/).map((c) => c.trim().split(/\s+/))
      .filter((c) => c[0] !== 'PRIMARY').map(([name, type]) => [name.replace(/"/g, ''), type !== 'TEXT']);
  return columns;
}

function read(dir, columns, table) {
  return fs.readFileSync(`${dir}/${table}.tsv`, 'utf8').split('\n').slice(0, -1).map((line) => {
    const row = {};
    line.split('\t').forEach((cell, i) => {
      const [name, number] = columns[table][i];
      row[name] = cell === '\\N' ? null : number ? Number(cell) : cell;
    });
    return row;
  });
}

function group(rows, column) {
  const map = new Map();
  for (const row of rows)
    map.has(row[column]) ? map.get(row[column]).push(row) : map.set(row[column], [row]);
  return map;
}

// What each table is looked up by.
const KEYS = {
  catalogue: 'med_list_codg', caps: 'pric_list_codg', frequency: 'med_list_codg', cycle: 'med_list_codg',
  repeat_charge: 'component_code', sex: 'med_list_codg', exclusions: 'med_list_codg', beds: 'med_list_codg',
  units: 'unit', institution_grade: 'med_list_codg', visit_mode: 'med_list_codg',
  insurance_type: 'med_list_codg', age: 'med_list_codg', lists: 'list', age_group: 'age_group',
  surcharges: 'pric_list_codg', items: 'medins_list_codg', mapping: 'medins_list_codg', stays: 'stay',
  charges: 'stay', approvals: 'stay', history_items: 'stay',
};

exports.load = (dir) => {
  const columns = columnsOf(dir);
  return Object.fromEntries(Object.keys(KEYS).map((t) => [t, group(read(dir, columns, t), KEYS[t])]));
};
