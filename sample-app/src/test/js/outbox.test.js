import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Outcome } from '../../main/resources/static/socket/outbox.js';
import { ResilientSocket } from '../../main/resources/static/socket/resilient-socket.js';
import { Simulation } from './simulation.js';

let world;
let socket;

beforeEach(() => {
  world = new Simulation();
  const queue = { capacity: 2, timeToLive: 20_000 };
  socket = new ResilientSocket('ws://server/ws', { queue, handshakeTimeout: 60_000 }, world.environment);
  socket.start();
});

test('what is sent while open goes out at once', async () => {
  world.socket.accept();
  assert.equal(await socket.send('a'), Outcome.HANDED_OVER);
  assert.deepEqual(world.socket.sent, ['a']);
});

test('what is sent before goes out at the opening, in order', async () => {
  const outcomes = Promise.all([socket.send('a'), socket.send('b')]);
  world.socket.accept();
  assert.deepEqual(await outcomes, [Outcome.HANDED_OVER, Outcome.HANDED_OVER]);
  assert.deepEqual(world.socket.sent, ['a', 'b']);
});

test('more than fits is refused', async () => {
  socket.send('a');
  socket.send('b');
  assert.equal(await socket.send('c'), Outcome.QUEUE_FULL);
});

test('what is too old is never sent', async () => {
  const first = socket.send('a');
  world.advance(1);
  socket.send('b');
  world.advance(19_999);
  assert.equal(await first, Outcome.EXPIRED);
  world.socket.accept();
  assert.deepEqual(world.socket.sent, ['b']);
});

test('closing tells those that wait', async () => {
  const waiting = socket.send('a');
  socket.close();
  assert.equal(await waiting, Outcome.CLOSED);
  assert.equal(await socket.send('b'), Outcome.CLOSED);
  assert.equal(world.pendingTimers, 0);
});

test('what is sent after a start out of the closing is kept', () => {
  world.socket.accept();
  socket.addEventListener('state', ({ detail }) => {
    if (detail.state === 'CLOSED') {
      socket.start();
      socket.send('a');
    }
  });
  socket.close();
  world.socket.accept();
  assert.deepEqual(world.socket.sent, ['a']);
});

test('a browser that has much to send gets more when it has less', () => {
  world.socket.accept();
  world.socket.bufferedAmount = 1_000_000;
  socket.send('a');
  world.advance(500);
  assert.deepEqual(world.socket.sent, []);
  world.socket.bufferedAmount = 0;
  world.advance(100);
  assert.deepEqual(world.socket.sent, ['a']);
});

test('closing while the browser has much to send leaves no timer', async () => {
  world.socket.accept();
  world.socket.bufferedAmount = 1_000_000;
  const waiting = socket.send('a');
  socket.close();
  assert.equal(await waiting, Outcome.CLOSED);
  assert.equal(world.pendingTimers, 0);
});

test('nothing is given to a socket that is closing, for it would be lost', () => {
  const first = world.socket.accept();
  first.readyState = 2;
  socket.send('a');
  first.end({ code: 1001 });
  world.advance(1_000);
  world.socket.accept();
  assert.deepEqual(first.sent, []);
  assert.deepEqual(world.socket.sent, ['a']);
});
