import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A port of the address that nothing listens on. */
export async function freePort(host: string): Promise<number> {
  const { port } = await tryPort(0, host);
  return port;
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
