import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, newModel } from '../../main/resources/static/logic/model.js';
import { perSecond } from '../../main/resources/static/logic/rate.js';
import { marks, stretches, transitionText } from '../../main/resources/static/logic/timeline.js';
import { last, steps, Tour } from '../../main/resources/static/logic/tour.js';

const card = (more) => ({ name: 'quotes', state: 'OPEN', sent: { messages: 0 }, received: { messages: 0 }, roundTripMillis: 2, ...more });
const at = (seconds) => new Date(seconds * 1_000).toISOString();

test('a hello replaces what was known of another life of the feed', () => {
  const model = newModel();
  apply(model, { type: 'message', connection: 'a', text: 'old' }, 0);
  apply(model, { type: 'hello', transitions: [{ connection: 'a' }], messages: [{ text: 'new' }] }, 0);
  assert.deepEqual(model.lines.map(({ text }) => text), ['new']);
  assert.equal(model.transitions.length, 1);
});

test('the difference of the clocks is known', () => {
  const model = newModel();
  apply(model, { type: 'state', now: at(100), connections: [], server: {} }, 40_000);
  assert.equal(model.ahead, 60_000);
});

test('rates and round trips are kept for each connection', () => {
  const model = newModel();
  for (let second = 0; second < 60; second++) {
    const received = { messages: second * 3 };
    apply(model, { type: 'state', now: at(second), connections: [card({ received })], server: {} }, second * 1_000);
  }
  assert.equal(perSecond(model.histories.quotes.received), 3);
  assert.equal(model.histories.quotes.roundTrips.length, 40);
});

test('round trips are taken once a second, however often the state comes', () => {
  const model = newModel();
  for (let time = 0; time < 1_000; time += 100) {
    apply(model, { type: 'state', now: at(0), connections: [card()], server: {} }, time);
  }
  assert.equal(model.histories.quotes.roundTrips.length, 2);
});

test('lines are bounded, have keys, and say how many were left out', () => {
  const model = newModel();
  for (let number = 0; number < 400; number++) {
    apply(model, { type: 'message', connection: 'a', direction: 'in', text: `${number}`, at: at(0), outcome: null }, 0);
  }
  apply(model, { type: 'skipped', connection: 'a', count: 7 }, 0);
  assert.equal(model.lines.length, 300);
  assert.equal(new Set(model.lines.map(({ key }) => key)).size, 300);
  assert.equal(model.lines.at(-1).text, '7 more, not shown');
});

test('a message of an unknown kind changes nothing', () => {
  const model = newModel();
  apply(model, { type: 'heartbeat' }, 0);
  apply(model, { type: 'toString' }, 0);
  assert.deepEqual(model, newModel());
});

const view = { now: 100_000, window: 100_000 };

test('a timeline is without gaps from the first known transition to now', () => {
  const transitions = [{ from: 'OPEN', to: 'WAITING', at: at(50) }, { from: 'WAITING', to: 'OPEN', at: at(60) }];
  assert.deepEqual(stretches(transitions, card(), view), [
    { state: 'WAITING', left: 50, width: 10 },
    { state: 'OPEN', left: 60, width: 40 },
  ]);
});

test('a connection without transitions is what its card says', () => {
  assert.deepEqual(stretches([], card({ since: at(-50) }), view), [{ state: 'OPEN', left: 0, width: 100 }]);
});

test('what is older than the timeline is not on it', () => {
  const transitions = [{ from: 'OPEN', to: 'CLOSED', at: at(-50) }, { from: 'CLOSED', to: 'OPEN', at: at(-20) }];
  assert.deepEqual(stretches(transitions, card(), view), [{ state: 'OPEN', left: 0, width: 100 }]);
  assert.deepEqual(marks(transitions, view), []);
  assert.equal(marks([{ at: at(25) }], view)[0].left, 25);
});

test('a transition is told as in the log', () => {
  assert.equal(
    transitionText({ from: 'OPEN', to: 'WAITING', cause: 'no proof of life for 3s', delayMillis: 1_310 }),
    'OPEN → WAITING (no proof of life for 3s; next attempt in 1.3 s)');
  assert.equal(transitionText({ from: 'CONNECTING', to: 'OPEN', cause: null, delayMillis: null }), 'CONNECTING → OPEN');
});

test('a step of the tour is done when its fault was injected and all is open again', () => {
  const tour = new Tour();
  tour.see(['WAITING', 'OPEN']);
  tour.see(['OPEN', 'OPEN']);
  tour.injected('silence');
  tour.see(['WAITING']);
  tour.see(['OPEN']);
  assert.equal(tour.fault, 'drop');
  tour.injected('drop');
  tour.see(['OPEN', 'OPEN']);
  assert.equal(tour.fault, 'drop');
  tour.see(['OPEN', 'WAITING']);
  tour.see(['OPEN', 'OPEN']);
  assert.equal(tour.fault, 'silence');
  assert.equal(tour.position, `2 of ${steps.length}`);
});

test('the tour has an end', () => {
  const tour = new Tour();
  steps.forEach(({ fault }) => {
    tour.injected(fault);
    tour.see(['WAITING']);
    tour.see(['OPEN']);
  });
  assert.equal(tour.text, last);
  tour.injected(null);
  tour.see(['WAITING']);
  tour.see(['OPEN']);
  assert.equal(tour.position, '');
});
