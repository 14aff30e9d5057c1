// Milliseconds.
const CONNECTION_TIMEOUT = 1_000;
const ANSWER_TIMEOUT = 3_000;

/**
 * How long a call of an SDK's client may take: without these, it waits for an answer for minutes, and a function for less than one.
 * Three attempts and the pauses between them take a third of a function's 30 seconds.
 */
export const CALL_LIMITS = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT,
    // Until the answer begins.
    requestTimeout: ANSWER_TIMEOUT,
    throwOnRequestTimeout: true,
    // Between two parts of it.
    socketTimeout: ANSWER_TIMEOUT,
  },
};

/** The same for Kinesis, which is spoken to in HTTP/2: its client would leave an idle connection after three seconds. */
export const KINESIS_CALL_LIMITS = {
  maxAttempts: 3,
  requestHandler: { requestTimeout: ANSWER_TIMEOUT, sessionTimeout: 300_000 },
};
