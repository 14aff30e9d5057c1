import { SmokeError } from './smoke-test.mts';

/** Where an issuer gives tokens to programs, and the form that it wants: RFC 6749, section 4.4. */
export interface TokenRequest {
  readonly url: string;
  /** `grant_type=client_credentials&client_id=…&client_secret=…`, with what else the issuer asks for. */
  readonly form: string;
}

/** A token of this moment: one that was stored would soon be over. Throws a SmokeError that holds nothing of the form. */
export async function accessToken({ url, form }: TokenRequest, timeoutSeconds: number): Promise<string> {
  try {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), signal });
    const { access_token: token } = (await response.json()) as { access_token?: unknown };

    if (typeof token === 'string' && token !== '') {
      return token;
    }
    throw new Error(`status ${response.status} without an access_token`);
  } catch (error) {
    throw new SmokeError(`the issuer gives a token: expected one from ${url}, got ${(error as Error).message}`, {
      cause: error,
    });
  }
}
