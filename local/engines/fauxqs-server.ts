/**
 * Runs fauxqs on one address, without a log: by its own command it listens on every network interface and prints each
 * request. Arguments: the address, the port and the region.
 */
import { buildApp } from 'fauxqs';

const [host, port, defaultRegion] = process.argv.slice(2);
await buildApp({ logger: false, defaultRegion }).listen({ host, port: Number(port) });
console.log('fauxqs is listening.');
