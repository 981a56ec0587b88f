import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ResilientSocket, State } from '../../main/resources/static/socket/resilient-socket.js';
import { Simulation } from './simulation.js';

const options = {
  handshakeTimeout: 3_000,
  resetAfter: 5_000,
  heartbeat: { interval: 10_000, timeout: 4_000, message: () => 'beat', isReply: (text) => text === 'beat' },
  reconnect: { delay: 1_000, multiplier: 2, maxDelay: 8_000, jitter: 0.5 },
  queue: { capacity: 2, timeToLive: 20_000 },
};

let world;
let socket;
let states;
let messages;

beforeEach(() => {
  world = new Simulation();
  socket = new ResilientSocket('ws://server/ws', options, world.environment);
  states = [];
  messages = [];
  socket.addEventListener('state', ({ detail }) => states.push(detail.state));
  socket.addEventListener('message', ({ detail }) => messages.push(detail));
});

function open() {
  socket.start();
  return world.socket.accept();
}

test('does nothing before it is started', () => {
  world.advance(60_000);
  assert.equal(world.sockets.length, 0);
  assert.equal(socket.state, State.IDLE);
});

test('opens and hands over what comes', () => {
  open().say('hello');
  assert.deepEqual(states, [State.CONNECTING, State.OPEN]);
  assert.deepEqual(messages, ['hello']);
});

test('starting twice opens one socket', () => {
  open();
  socket.start();
  assert.equal(world.sockets.length, 1);
});

test('a handshake has a deadline, and a late one is not heard', () => {
  socket.start();
  const late = world.socket;
  world.advance(2_999);
  assert.equal(socket.state, State.CONNECTING);
  world.advance(1);
  assert.equal(socket.state, State.WAITING);
  assert.match(socket.snapshot.cause, /no handshake for 3 s/);
  late.accept();
  assert.equal(socket.state, State.WAITING);
  assert.ok(late.closedWith);
});

test('error and close make one reconnect', () => {
  open().fail();
  assert.deepEqual(states.slice(2), [State.WAITING]);
  world.advance(1_000);
  assert.equal(world.sockets.length, 2);
  world.advance(2_999);
  assert.equal(world.sockets.length, 2);
});

test('an end that is reported again makes no second reconnect', () => {
  const first = open();
  first.end();
  world.advance(1_000);
  first.end();
  assert.equal(socket.state, State.CONNECTING);
  assert.equal(world.sockets.length, 2);
});

test('delays grow to their bound', () => {
  socket.start();
  const delays = [1, 2, 3, 4, 5].map(() => {
    world.socket.fail();
    const delay = socket.snapshot.nextAttemptIn;
    world.advance(delay);
    return delay;
  });
  assert.deepEqual(delays, [1_000, 2_000, 4_000, 8_000, 8_000]);
  assert.equal(socket.snapshot.attempt, 6);
});

test('delays are drawn from around their value', () => {
  world.environment.random = () => 0;
  socket = new ResilientSocket('ws://server/ws', options, world.environment);
  open().fail();
  assert.equal(socket.snapshot.nextAttemptIn, 500);
});

test('a short life does not reset the delay', () => {
  open().fail();
  world.advance(1_000);
  world.socket.accept();
  world.advance(4_999);
  world.socket.fail();
  assert.equal(socket.snapshot.nextAttemptIn, 2_000);
});

test('a stable life resets the delay', () => {
  open().fail();
  world.advance(1_000);
  world.socket.accept();
  world.advance(5_000);
  world.socket.fail();
  assert.equal(socket.snapshot.nextAttemptIn, 1_000);
});

test('a URL that no socket can be made of is a failed attempt', () => {
  world.environment.WebSocket = class {
    constructor() {
      throw new SyntaxError('no URL');
    }
  };
  socket = new ResilientSocket('nonsense', options, world.environment);
  socket.start();
  world.advance(0);
  assert.equal(socket.state, State.WAITING);
  assert.equal(socket.snapshot.cause, 'no URL');
});

test('the URL is asked for before each attempt', () => {
  let number = 0;
  socket = new ResilientSocket(() => `ws://server/ws?token=${++number}`, options, world.environment);
  open().fail();
  world.advance(1_000);
  assert.deepEqual(world.sockets.map(({ url }) => url), ['ws://server/ws?token=1', 'ws://server/ws?token=2']);
});

test('close stays closed', () => {
  const first = open();
  socket.close();
  assert.deepEqual(first.closedWith, { code: 1000, reason: '' });
  first.end({ code: 1000 });
  socket.wake();
  socket.reconnect();
  socket.pause('offline');
  socket.resume('offline');
  world.advance(600_000);
  assert.equal(socket.state, State.CLOSED);
  assert.equal(world.sockets.length, 1);
  assert.equal(world.pendingTimers, 0);
});

for (const [phase, prepare] of [['connecting', () => socket.start()], ['waiting', () => open().fail()]]) {
  test(`close while ${phase} leaves no timer and no attempt`, () => {
    prepare();
    socket.close();
    assert.equal(world.pendingTimers, 0);
    world.sockets.forEach((one) => assert.ok(one.readyState >= 2));
  });
}

test('start after close connects again', () => {
  open();
  socket.close();
  socket.start();
  world.socket.accept();
  assert.equal(socket.state, State.OPEN);
});

test('reconnect replaces the socket at once', () => {
  const first = open();
  socket.reconnect();
  assert.equal(first.closedWith.code, 4001);
  assert.equal(socket.state, State.CONNECTING);
  first.end({ code: 4001 });
  world.socket.accept();
  assert.equal(world.sockets.length, 2);
});

test('reconnect does not wait for the delay', () => {
  open().fail();
  socket.reconnect();
  assert.equal(world.sockets.length, 2);
  world.advance(2_999);
  assert.equal(world.sockets.length, 2);
});

test('nothing is attempted while there is no network', () => {
  const first = open();
  socket.pause('offline');
  assert.equal(socket.state, State.PAUSED);
  assert.ok(first.closedWith);
  world.advance(600_000);
  assert.equal(world.sockets.length, 1);
  socket.resume('offline');
  assert.equal(socket.state, State.CONNECTING);
});

test('a page that is put away while offline needs both to end', () => {
  open();
  socket.pause('offline');
  socket.pause('page put away');
  socket.resume('offline');
  assert.equal(socket.state, State.PAUSED);
  socket.resume('page put away');
  assert.equal(socket.state, State.CONNECTING);
});

test('a start without network waits for it', () => {
  socket.pause('offline');
  socket.start();
  assert.equal(socket.state, State.PAUSED);
  assert.equal(socket.snapshot.cause, 'offline');
  assert.equal(world.sockets.length, 0);
});

test('waking up ends the delay', () => {
  open().fail();
  socket.wake();
  assert.equal(socket.state, State.CONNECTING);
});

for (const state of [State.CONNECTING, State.OPEN, State.WAITING]) {
  test(`a listener that closes at ${state} is obeyed`, () => {
    socket.addEventListener('state', ({ detail }) => detail.state === state && socket.close());
    socket.start();
    world.socket.accept();
    world.socket.fail();
    assert.equal(socket.state, State.CLOSED);
    assert.equal(world.pendingTimers, 0);
    world.sockets.forEach((one) => assert.ok(one.readyState >= 2));
  });
}
