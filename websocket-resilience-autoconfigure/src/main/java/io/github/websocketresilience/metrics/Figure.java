package io.github.websocketresilience.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.websocketresilience.ConnectionState;
import io.micrometer.core.instrument.Tags;

/**
 * A number that is read from connections when a registry is read.
 *
 * @param meter the meter that shows it
 * @param tags which of these meters, besides the connection
 * @param fold how those of several connections become one
 * @param source where it is in a sample
 */
record Figure(ConnectionMeter meter, Tags tags, Fold fold, ToDoubleFunction<Sample> source) {

	static final Figure LISTENED = total(ConnectionMeter.LISTENER_TIME, Tags.empty(),
			(it) -> it.snapshot().listening().messages());

	static final Figure LISTENING = total(ConnectionMeter.LISTENER_TIME, Tags.empty(), Sample::listeningNanos);

	static final List<Figure> ALL = all();

	/**
	 * Return what all figures are without any connection.
	 * @return one value each
	 */
	static double[] none() {
		return ALL.stream().mapToDouble((figure) -> figure.fold().none()).toArray();
	}

	/**
	 * Take a connection into account.
	 * @param values one each, changed
	 * @param sample a look at the connection
	 */
	static void add(double[] values, Sample sample) {
		for (int i = 0; i < values.length; i++) {
			values[i] = ALL.get(i).with(values[i], sample);
		}
	}

	/**
	 * Take a connection into account that is gone: of totals only.
	 * @param values one each, changed
	 * @param last the last look at the connection
	 */
	static void addPast(double[] values, Sample last) {
		for (int i = 0; i < values.length; i++) {
			if (ALL.get(i).fold() == Fold.TOTAL) {
				values[i] = ALL.get(i).with(values[i], last);
			}
		}
	}

	private double with(double value, Sample sample) {
		return this.fold.of(value, this.source.applyAsDouble(sample));
	}

	private static List<Figure> all() {
		List<Figure> figures = new ArrayList<>();
		for (ConnectionState state : ConnectionState.values()) {
			Tags tags = Tags.of(ConnectionMeterTag.STATE.asString(), state.name().toLowerCase(Locale.ROOT));
			figures.add(new Figure(ConnectionMeter.STATE, tags, Fold.SUM, (it) -> it.isIn(state)));
		}
		figures.add(number(ConnectionMeter.GAVE_UP, (it) -> it.snapshot().gaveUp() ? 1 : 0));
		figures.add(new Figure(ConnectionMeter.NOT_OPEN, Tags.empty(), Fold.LARGEST, Sample::notOpenFor));
		figures.add(new Figure(ConnectionMeter.LAST_MESSAGE_AGE, Tags.empty(), Fold.SMALLEST, Sample::lastMessageAge));
		figures.add(number(ConnectionMeter.SILENT, (it) -> (it.snapshot().silentSince() != null) ? 1 : 0));
		figures.add(number(ConnectionMeter.READING_PAUSED, (it) -> it.snapshot().readingPaused() ? 1 : 0));
		figures.add(number(ConnectionMeter.PENDING_REQUESTS, (it) -> it.snapshot().pendingRequests()));
		figures.addAll(outbound());
		figures.addAll(inbound());
		figures.add(LISTENED);
		figures.add(LISTENING);
		return List.copyOf(figures);
	}

	private static List<Figure> outbound() {
		Tags out = Tags.of(ConnectionMeterTag.DIRECTION.asString(), "out");
		return List.of(total(ConnectionMeter.MESSAGES, out, (it) -> it.snapshot().sent().messages()),
				total(ConnectionMeter.BYTES, out, (it) -> it.snapshot().sent().bytes()),
				new Figure(ConnectionMeter.QUEUED, out, Fold.SUM, (it) -> it.snapshot().queue().messages()),
				new Figure(ConnectionMeter.CAPACITY, out, Fold.SUM, (it) -> it.settings().outbound().capacity()),
				new Figure(ConnectionMeter.FILL, out, Fold.LARGEST, Sample::queueFill));
	}

	private static List<Figure> inbound() {
		Tags in = Tags.of(ConnectionMeterTag.DIRECTION.asString(), "in");
		return List.of(total(ConnectionMeter.MESSAGES, in, (it) -> it.snapshot().received().messages()),
				total(ConnectionMeter.BYTES, in, (it) -> it.snapshot().received().bytes()),
				new Figure(ConnectionMeter.QUEUED, in, Fold.SUM, (it) -> it.snapshot().log().messages()),
				new Figure(ConnectionMeter.CAPACITY, in, Fold.SUM, (it) -> it.settings().inbound().capacity()),
				new Figure(ConnectionMeter.FILL, in, Fold.LARGEST, Sample::logFill));
	}

	private static Figure number(ConnectionMeter meter, ToDoubleFunction<Sample> source) {
		return new Figure(meter, Tags.empty(), Fold.SUM, source);
	}

	private static Figure total(ConnectionMeter meter, Tags tags, ToDoubleFunction<Sample> source) {
		return new Figure(meter, tags, Fold.TOTAL, source);
	}

}
