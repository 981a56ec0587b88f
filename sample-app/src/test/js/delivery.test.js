import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Delivery, Status } from '../../main/resources/static/logic/delivery.js';
import { Simulation } from './simulation.js';

let world;
let messages;
let wire;
let connected;
let delivery;

beforeEach(() => {
  world = new Simulation();
  messages = [];
  wire = [];
  connected = true;
  const send = ({ id }) => connected && wire.push(id) > 0;
  delivery = new Delivery(messages, send, { clock: world.environment, timeLimit: 20_000, retryAfter: 1_500 });
});

test('sent, then delivered', () => {
  delivery.submit('1', 'bob', 'hello');
  assert.equal(messages[0].status, Status.SENT);
  delivery.acknowledged('1', true);
  assert.equal(messages[0].status, Status.DELIVERED);
  world.advance(60_000);
  assert.deepEqual(wire, ['1']);
  assert.equal(world.pendingTimers, 0);
});

test('sent again on the next socket', () => {
  delivery.submit('1', 'bob', 'hello');
  connected = false;
  world.advance(1_500);
  assert.equal(messages[0].status, Status.WAITING);
  connected = true;
  delivery.connected();
  assert.deepEqual(wire, ['1', '1']);
  assert.equal(messages[0].status, Status.SENT);
});

test('sent again when no acknowledgement comes', () => {
  delivery.submit('1', 'bob', 'hello');
  world.advance(1_499);
  assert.deepEqual(wire, ['1']);
  world.advance(1);
  assert.deepEqual(wire, ['1', '1']);
});

test('an addressee who comes back gets it', () => {
  delivery.submit('1', 'bob', 'hello');
  delivery.acknowledged('1', false);
  assert.deepEqual([messages[0].status, messages[0].reason], [Status.WAITING, 'nobody is connected as bob']);
  world.advance(1_500);
  delivery.acknowledged('1', true);
  assert.equal(messages[0].status, Status.DELIVERED);
});

for (const [reason, happens] of [
  ['nobody is connected as bob for 20 s', () => delivery.acknowledged('1', false)],
  ['not acknowledged for 20 s', () => {}],
]) {
  test(`after its time it has failed: ${reason}`, () => {
    delivery.submit('1', 'bob', 'hello');
    happens();
    world.advance(19_999);
    assert.notEqual(messages[0].status, Status.FAILED);
    world.advance(1);
    assert.deepEqual([messages[0].status, messages[0].reason], [Status.FAILED, reason]);
    delivery.acknowledged('1', true);
    assert.equal(messages[0].status, Status.FAILED);
    assert.equal(world.pendingTimers, 0);
  });
}

test('without a socket it waits, and fails after its time', () => {
  connected = false;
  delivery.submit('1', 'bob', 'hello');
  assert.equal(messages[0].status, Status.WAITING);
  world.advance(20_000);
  assert.deepEqual([messages[0].status, messages[0].reason], [Status.FAILED, 'not connected for 20 s']);
  assert.deepEqual(wire, []);
});

test('order is kept for each addressee', () => {
  delivery.submit('1', 'bob', 'first');
  delivery.submit('2', 'bob', 'second');
  delivery.submit('3', 'alice', 'other');
  assert.deepEqual(wire, ['1', '3']);
  delivery.acknowledged('1', true);
  assert.deepEqual(wire, ['1', '3', '2']);
});

test('leaving says so', () => {
  delivery.submit('1', 'bob', 'hello');
  delivery.stop();
  assert.deepEqual([messages[0].status, messages[0].reason], [Status.FAILED, 'you left']);
  assert.equal(world.pendingTimers, 0);
});
