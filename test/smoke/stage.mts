/** An answer of the API, its body parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Request {
  readonly body?: unknown;
  /** Without the token, where there is one. */
  readonly anonymous?: boolean;
}

/** A running stage, as a client sees it. */
export class Stage {
  private readonly url: string;
  private readonly token: string | undefined;

  constructor(url: string, token: string | undefined) {
    this.url = url;
    this.token = token;
  }

  get isClosed(): boolean {
    return this.token !== undefined;
  }

  /** Rejects where no answer comes before the signal. */
  async send(method: string, path: string, signal: AbortSignal, request: Request = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      signal,
      headers: {
        ...(this.token !== undefined && !request.anonymous && { Authorization: `Bearer ${this.token}` }),
        ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    const text = await response.text();

    return {
      status: response.status,
      contentType: response.headers.get('Content-Type') ?? '',
      body: parse(text),
      text,
    };
  }
}

function parse(text: string): Answer['body'] {
  try {
    return Object(JSON.parse(text)) as Answer['body'];
  } catch {
    return {};
  }
}
