// A user's mistake: shown as one message without a stack, exit code 2. Anything else that is thrown
// is our bug and keeps its stack.

export class UsageError extends Error {
  /** One line per mistake; all that were found are here, so that they can be mended in one go. */
  readonly messages: readonly string[];

  constructor(messages: string | readonly string[]) {
    const list = typeof messages === 'string' ? [messages] : messages;
    super(list.join('\n'));
    this.name = 'UsageError';
    this.messages = list;
  }
}

/** What `read` gives; undefined where it throws a UsageError, whose messages join the mistakes. */
export function collected<T>(mistakes: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    mistakes.push(...error.messages);
    return undefined;
  }
}

/** The target did not answer at all: exit code 3. */
export class UnreachableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreachableError';
  }
}
