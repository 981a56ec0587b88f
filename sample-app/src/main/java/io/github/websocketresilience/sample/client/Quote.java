package io.github.websocketresilience.sample.client;

/**
 * What the server says of a stock.
 *
 * @param symbol the stock
 * @param price its price
 * @param sequence the number of the quote, without gaps if none was missed
 */
record Quote(String symbol, double price, long sequence) {

	/** The connection that quotes come from. */
	static final String FEED = "quotes";

}
