import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ResilientSocket, State } from '../../main/resources/static/socket/resilient-socket.js';
import { Simulation } from './simulation.js';

const heartbeat = { interval: 10_000, timeout: 4_000, message: () => 'beat', isReply: (text) => text === 'beat' };

let world;
let socket;
let messages;
let roundTrips;

beforeEach(() => {
  world = new Simulation();
  socket = new ResilientSocket('ws://server/ws', { heartbeat }, world.environment);
  messages = [];
  roundTrips = [];
  socket.addEventListener('message', ({ detail }) => messages.push(detail));
  socket.addEventListener('heartbeat', ({ detail }) => roundTrips.push(detail));
  socket.start();
  world.socket.accept();
});

test('goes out after the interval, not before', () => {
  world.advance(9_999);
  assert.deepEqual(world.socket.sent, []);
  world.advance(1);
  assert.deepEqual(world.socket.sent, ['beat']);
});

test('a message postpones it', () => {
  world.advance(6_000);
  world.socket.say('news');
  world.advance(9_999);
  assert.deepEqual(world.socket.sent, []);
  world.advance(1);
  assert.deepEqual(world.socket.sent, ['beat']);
});

test('silence after it ends the socket, without waiting for a close frame', () => {
  const first = world.socket;
  world.advance(13_999);
  assert.equal(socket.state, State.OPEN);
  world.advance(1);
  assert.equal(socket.state, State.WAITING);
  assert.match(socket.snapshot.cause, /no answer to a heartbeat for 4 s/);
  assert.ok(first.closedWith);
  first.say('late');
  assert.deepEqual(messages, []);
});

test('its reply is no message and tells the round trip', () => {
  world.advance(10_000);
  world.advance(25);
  world.socket.say('beat');
  assert.deepEqual(roundTrips, [25]);
  assert.deepEqual(messages, []);
  world.advance(9_999);
  assert.equal(socket.state, State.OPEN);
});

test('one text is taken as its reply, the next is a message', () => {
  world.advance(10_000);
  world.socket.say('beat');
  world.socket.say('beat');
  assert.deepEqual(messages, ['beat']);
});

test('any message is proof of life while it is awaited, and the reply is still taken out', () => {
  world.advance(10_000);
  world.socket.say('news');
  world.advance(4_000);
  assert.equal(socket.state, State.OPEN);
  world.socket.say('beat');
  assert.deepEqual(messages, ['news']);
  assert.deepEqual(roundTrips, [4_000]);
});

test('a tab that slept does not blame the server: it asks again', () => {
  world.advance(10_000);
  world.sleep(600_000);
  assert.equal(socket.state, State.OPEN);
  assert.deepEqual(world.socket.sent, ['beat', 'beat']);
  world.advance(4_000);
  assert.equal(socket.state, State.WAITING);
});

test('a page that is looked at again asks at once, and once', () => {
  world.advance(1_000);
  socket.wake();
  socket.wake();
  assert.deepEqual(world.socket.sent, ['beat']);
  world.advance(4_000);
  assert.equal(socket.state, State.WAITING);
});

test('none goes out on a socket that has ended', () => {
  world.socket.end();
  const first = world.socket;
  world.advance(60_000);
  assert.deepEqual(first.sent, []);
});
