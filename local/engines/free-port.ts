import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { LocalCloudError } from '../local-cloud-error.ts';

/** A port of the address that nothing listens on; throws a LocalCloudError where the address is not this machine's. */
export async function freePort(host: string): Promise<number> {
  try {
    return (await tryPort(0, host)).port;
  } catch (error) {
    const reason = (error as Error).message;
    throw new LocalCloudError(`--host: expected an address of this machine, got "${host}" (${reason}).`, {
      cause: error,
    });
  }
}

/** Listens for a moment; rejects with `EADDRINUSE` and the like where one cannot. */
export async function tryPort(port: number, host: string): Promise<AddressInfo> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address;
}
