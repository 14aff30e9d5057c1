import { once } from 'node:events';
import { connect } from 'node:net';

const TIMEOUT_MILLISECONDS = 2000;

/** Whether something listens at the URL. */
export async function answers(endpoint: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(endpoint);
  const socket = connect(Number(port) || (protocol === 'https:' ? 443 : 80), hostname.replace(/^\[|\]$/g, ''));
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
