// SPDX-License-Identifier: Apache-2.0
// A HIS in Node: the plugin by koffi, one call a line of standard input.
const koffi = require('koffi');
const readline = require('readline');

const module_ = koffi.load(process.argv[2]);
const calls = {
  I: module_.func('int INIT(void *err)'),
  B: module_.func('int BUSINESS_HANDLE(void *in, void *out)'),
  Q: module_.func('int QUERY_HANDLE(void *in, void *out)'),
  T: module_.func('int TRADE_ANSWER(void *in, void *out)'),
  J: module_.func('int business_handle(void *in, int outlen, void *out, void *err)'),
};
const text = (buffer) => buffer.subarray(0, buffer.indexOf(0)).toString('hex') || '-';
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const words = line.trim().split(' ');
  const given = Buffer.concat([Buffer.from(words.length > 1 ? words[words.length - 1] : '', 'hex'), Buffer.alloc(1)]);
  const out = Buffer.alloc(102400), err = Buffer.alloc(1024);
  const code = words[0] === 'I' ? calls.I(err) : words[0] === 'J' ? calls.J(given, Number(words[1]), out, err) : calls[words[0]](given, out);
  process.stdout.write(`${code} ${text(out)} ${text(err)}\n`);
});
