package dev.onward.api;

import dev.onward.model.Requester;

/** Who asks for something to be done, and may. */
record Caller(Requester requester) {}
