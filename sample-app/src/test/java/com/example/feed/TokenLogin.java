package com.example.feed;

import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Logs every socket in with a token of its own.
 */
@Component
class TokenLogin implements HandshakeCustomizer {

	private final TokenService tokens;

	TokenLogin(TokenService tokens) {
		this.tokens = tokens;
	}

	@Override
	public @Nullable CompletionStage<?> customize(HandshakeRequest request) {
		String token = this.tokens.freshToken();
		request.firstMessage("{\"op\":\"login\",\"token\":\"" + token + "\"}");
		return null;
	}

}
