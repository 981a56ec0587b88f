import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement } from '../../main/resources/static/logic/announce.js';
import { faultText } from '../../main/resources/static/logic/faults.js';
import { filterLines } from '../../main/resources/static/logic/log-filter.js';
import { addSample, perSecond, rateText } from '../../main/resources/static/logic/rate.js';
import { keepLast, RecentIds } from '../../main/resources/static/logic/recent.js';
import { sparkline } from '../../main/resources/static/logic/sparkline.js';
import { countdown, roundTripText, span, timeOfDay, wholeSpan } from '../../main/resources/static/logic/time-text.js';

test('a span is as exact as it is useful', () => {
  const texts = [-5, 0, 449, 9_940, 12_900, 65_000, 7_440_000].map(span);
  assert.deepEqual(texts, ['0.0 s', '0.0 s', '0.4 s', '9.9 s', '12 s', '1 min 5 s', '2 h 4 min']);
});

test('a round trip on one machine is not zero', () => {
  assert.deepEqual([0.421, 9.96, 12.6].map(roundTripText), ['0.4 ms', '10.0 ms', '13 ms']);
});

test('a span that ticks once a second shows no tenths', () => {
  assert.deepEqual([-1, 999, 9_999, 61_000].map(wholeSpan), ['0 s', '0 s', '9 s', '1 min 1 s']);
});

test('a countdown ends with now', () => {
  assert.deepEqual([1_300, 1, 0, -200].map((millis) => countdown(millis)), ['in 1.3 s', 'in 0.0 s', 'now', 'now']);
  const words = { before: 'ends in', ended: 'over' };
  assert.deepEqual([1_300, 0].map((millis) => countdown(millis, words)), ['ends in 1.3 s', 'over']);
});

test('the time of day is local', () => {
  const instant = new Date(2026, 10, 20, 7, 5, 9, 42).toISOString();
  assert.equal(timeOfDay(instant), '07:05:09');
  assert.equal(timeOfDay(instant, { millis: true }), '07:05:09.042');
});

test('a rate looks at the last seconds only', () => {
  const samples = [];
  assert.equal(perSecond(samples), 0);
  [0, 10, 20, 30].forEach((count, index) => addSample(samples, count, index * 1_000));
  assert.equal(perSecond(samples), 10);
  for (let second = 4; second < 12; second++) {
    addSample(samples, 30, second * 1_000);
  }
  assert.equal(perSecond(samples), 0);
});

test('a counter that starts again gives no negative rate', () => {
  const samples = [];
  [1_000, 4, 6].forEach((count, index) => addSample(samples, count, index * 1_000));
  assert.equal(perSecond(samples), 2);
});

test('two samples of one moment give no infinite rate', () => {
  const samples = [];
  addSample(samples, 1, 0);
  addSample(samples, 9, 0);
  assert.equal(perSecond(samples), 0);
});

test('a rate is written with the digits that matter', () => {
  assert.deepEqual([0, 0.25, 9.94, 1_234.5].map(rateText), ['0/s', '0.3/s', '9.9/s', '1235/s']);
});

test('a sparkline fills its height and ends at the right', () => {
  assert.equal(sparkline([1, 3, 2], { width: 20, height: 10, capacity: 3 }), 'M0,10L10,0L20,5');
  assert.equal(sparkline([5, 5], { width: 20, height: 10, capacity: 3 }), 'M10,10L20,10');
  assert.equal(sparkline([5], { width: 20, height: 10, capacity: 3 }), '');
});

test('the last lines are kept', () => {
  const lines = [1, 2];
  keepLast(lines, 3, 3, 4);
  assert.deepEqual(lines, [2, 3, 4]);
});

test('an id is new once, until it is forgotten', () => {
  const ids = new RecentIds(2);
  assert.deepEqual(['a', 'a', 'b', 'c', 'a'].map((id) => ids.isNew(id)), [true, false, true, true, true]);
});

const lines = [
  { connection: 'alice', direction: 'in', text: 'Hello Bob', outcome: null },
  { connection: 'bob', direction: 'out', text: 'hello', outcome: 'EXPIRED' },
];

test('all words of a filter are to be found', () => {
  assert.deepEqual(filterLines(lines, { words: ' HELLO  bob ' }), lines);
  assert.deepEqual(filterLines(lines, { words: 'hello in' }), [lines[0]]);
  assert.deepEqual(filterLines(lines, { words: 'expired' }), [lines[1]]);
  assert.deepEqual(filterLines(lines, { words: 'nobody' }), []);
});

test('a filter may ask for one connection', () => {
  assert.deepEqual(filterLines(lines, { connection: 'bob', words: '' }), [lines[1]]);
  assert.deepEqual(filterLines(lines, {}), lines);
});

test('an announcement says where each connection is in the end', () => {
  const transitions = [['a', 'WAITING'], ['b', 'WAITING'], ['c', 'WAITING'], ['a', 'CONNECTING'], ['a', 'OPEN']];
  const text = announcement(transitions.map(([connection, to]) => ({ connection, to })));
  assert.equal(text, 'a: open. b and c: waiting');
  assert.equal(announcement([]), '');
});

test('the answer to a fault is told in words', () => {
  assert.equal(faultText({ ok: true, sockets: 1, until: null }), '1 socket hit');
  assert.equal(faultText({ ok: true, sockets: 4, until: null }), '4 sockets hit');
  assert.equal(faultText({ ok: false, problem: 'too much' }), 'refused: too much');
});
