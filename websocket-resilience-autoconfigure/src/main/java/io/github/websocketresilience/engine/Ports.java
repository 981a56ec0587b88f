package io.github.websocketresilience.engine;

/**
 * The outside world as the engine sees it.
 *
 * @param transport opens sockets
 * @param time tells the time, runs timers and draws random numbers
 * @param workers runs what may block
 */
public record Ports(Transport transport, Time time, Workers workers) {
}
